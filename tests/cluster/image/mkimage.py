"""mkimage.py OUT.tar NAME:TAG ENTRYPOINT LAYER.tar...  ->  OCI image layout for `ctr images import`. ENTRYPOINT may be empty."""
import hashlib
import io
import json
import os
import sys
import tarfile

out, name, entry, layers = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]


def digest_of_file(path):
    h = hashlib.sha256()
    with open(path, 'rb') as f:
        for block in iter(lambda: f.read(1 << 20), b''):
            h.update(block)
    return h.hexdigest()


def described(kind, data):
    return {'mediaType': f'application/vnd.oci.image.{kind}.v1+json', 'digest': 'sha256:' + hashlib.sha256(data).hexdigest(), 'size': len(data)}


digests = [digest_of_file(layer) for layer in layers]
config = json.dumps({
    'architecture': 'amd64', 'os': 'linux', 'rootfs': {'type': 'layers', 'diff_ids': ['sha256:' + d for d in digests]},
    'config': {'Env': ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], 'Entrypoint': [entry] if entry else None}}).encode()
manifest = json.dumps({
    'schemaVersion': 2, 'mediaType': 'application/vnd.oci.image.manifest.v1+json', 'config': described('config', config),
    'layers': [{'mediaType': 'application/vnd.oci.image.layer.v1.tar', 'digest': 'sha256:' + d, 'size': os.path.getsize(layer)}
               for d, layer in zip(digests, layers)]}).encode()
index = json.dumps({'schemaVersion': 2, 'manifests': [dict(
    described('manifest', manifest), platform={'architecture': 'amd64', 'os': 'linux'},
    annotations={'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': name.rpartition(':')[2]})]}).encode()

with tarfile.open(out, 'w') as tar:
    def add(path, size, stream):
        info = tarfile.TarInfo(path)
        info.size = size
        tar.addfile(info, stream)

    add('oci-layout', 30, io.BytesIO(b'{"imageLayoutVersion":"1.0.0"}'))
    for blob in (config, manifest):
        add('blobs/sha256/' + hashlib.sha256(blob).hexdigest(), len(blob), io.BytesIO(blob))
    for d, layer in zip(digests, layers):
        with open(layer, 'rb') as f:
            add('blobs/sha256/' + d, os.path.getsize(layer), f)
    add('index.json', len(index), io.BytesIO(index))
