"""What the stand-ins in Python share: logging as lager did in 2018, connecting as Go says it, Locket's wire.

The wire is not gRPC but TLS with one line of JSON each way; the texts of errors are those of the real ones."""
import http.server
import json
import os
import re
import socket
import ssl
import sys
import threading
import time
import urllib.parse

_writing = threading.Lock()


def clock_off():
    """Seconds by which the pod's clock is ahead: the kernel's is everybody's. In the pod, date says the same."""
    try:
        with open('/var/vcap/clock-off') as f:
            return int(f.read())
    except FileNotFoundError:
        return 0


class Log:
    """One JSON object a line, on stdout: epoch time as a string, log_level 0 debug, 1 info, 2 error, 3 fatal."""

    def __init__(self, source):
        self.source = source

    def __call__(self, message, level=1, **data):
        now = time.time_ns() + clock_off() * 10**9
        line = json.dumps({'timestamp': f'{now // 10**9}.{now % 10**9:09d}', 'source': self.source, 'message': f'{self.source}.{message}',
                           'log_level': level, 'data': data}, separators=(',', ':'))
        with _writing:
            os.write(1, line.encode() + b'\n')

    def fatal(self, message, error):
        trace = 'goroutine 1 [running]:\ncode.cloudfoundry.org/lager.(*logger).Fatal(0xc4200b2a20, 0xc07907, 0x15, 0xc44380)\n'
        self(message, 3, error=error, trace=trace)
        sys.stderr.write(f'panic: {error}\n\n{trace}')
        sys.stderr.flush()
        os._exit(2)


class Failed(Exception):
    """An error, in the words of the Go program that would have had it."""


class Answered(Failed):
    """An error that the other side told."""


def dial(host, port, timeout):
    """A TCP connection, or Failed with Go's text."""
    try:
        address = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM)[0][4]
    except OSError:
        raise Failed(f'dial tcp: lookup {host} on 10.96.0.10:53: no such host') from None
    try:
        connection = socket.create_connection(address, timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)   # as Go does
        return connection
    except ConnectionRefusedError:
        raise Failed(f'dial tcp {address[0]}:{address[1]}: connect: connection refused') from None
    except socket.timeout:
        raise Failed(f'dial tcp {address[0]}:{address[1]}: i/o timeout') from None
    except OSError as e:
        raise Failed(f'dial tcp {address[0]}:{address[1]}: connect: {os.strerror(e.errno).lower()}') from None


def database(url, name):
    """A connection to PostgreSQL, autocommit; NAME is how the server lists it (a fault finds the flow by it)."""
    import psycopg2
    u = urllib.parse.urlsplit(url)
    dial(u.hostname, u.port, 10).close()
    try:
        # No limit: from a database that is frozen lib/pq waits for its first word for ever.
        connection = psycopg2.connect(host=u.hostname, port=u.port, user=u.username, password=u.password, dbname=u.path.lstrip('/'),
                                      application_name=name)
    except psycopg2.OperationalError as e:
        raise Failed('pq: ' + str(e).strip().splitlines()[-1].rpartition('FATAL:')[2].strip()) from None
    connection.autocommit = True
    return connection


def check_name(certificate, host):
    """As Go's x509 checks a server's name, and in its words."""
    names = [(kind, name) for kind, name in certificate.get('subjectAltName', ())]
    kind = 'IP Address' if host.replace('.', '').isdigit() else 'DNS'
    of_kind = [name for k, name in names if k == kind]
    if not any(name == host or name.startswith('*.') and name[2:] == host.partition('.')[2] for name in of_kind):
        raise Failed(f'x509: certificate is valid for {", ".join(of_kind)}, not {host}')


def dial_locket(address, certificates, limit=10):
    """A TLS connection to Locket, as a blocking gRPC dial makes it: it tries until there is one or the time is up, and gives up
    at once where the certificate is not good. CERTIFICATES: files of the CA, the certificate, its key."""
    host, _, port = address.rpartition(':')
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname = False   # done below, for the text
    tls.load_verify_locations(certificates[0])
    tls.verify_flags &= ~ssl.VERIFY_X509_STRICT
    tls.load_cert_chain(*certificates[1:])
    end, pause = time.monotonic() + limit, 1
    while True:
        try:
            connection = tls.wrap_socket(dial(host, int(port), max(0.1, end - time.monotonic())))
            check_name(connection.getpeercert(), host)
            return connection
        except ssl.SSLCertVerificationError as e:
            raise Failed(f'connection error: desc = "transport: authentication handshake failed: x509: {e.verify_message}"') from None
        except Failed as e:
            if str(e).startswith('x509'):
                raise Failed(f'connection error: desc = "transport: authentication handshake failed: {e}"') from None
        except OSError:   # it was closed in the handshake
            pass
        left = end - time.monotonic()
        time.sleep(max(0, min(pause, left)))
        if left <= pause:
            raise Failed('context deadline exceeded')
        pause *= 1.6


def put(connection, question, deadline=None):
    """A question over this connection. Without a deadline it waits for ever, as the real ones do."""
    connection.settimeout(deadline)
    try:
        connection.sendall(json.dumps(question).encode() + b'\n')
        with connection.makefile() as lines:
            answer = lines.readline()
    except socket.timeout:
        raise Failed('rpc error: code = 4 desc = context deadline exceeded') from None
    except ssl.SSLError:   # it said why, and closed: a certificate is not accepted
        raise Failed('rpc error: code = 13 desc = transport is closing') from None
    except OSError:
        answer = ''
    if not answer:
        raise Failed('rpc error: code = 14 desc = transport is closing')
    answer = json.loads(answer)
    if 'error' in answer:
        raise Answered(answer['error'])
    return answer


class LockClient:
    """Who asks Locket for a lock. It keeps its connection, as gRPC does, and makes it anew only when that has ended."""

    def __init__(self, conf, key, owner, ttl):
        self.address, self.certificates = conf['locket_address'], [conf[f'locket_{name}'] for name in ('ca_cert_file', 'client_cert_file', 'client_key_file')]
        self.lock, self.ttl = {'key': key, 'owner': owner, 'ttl': int(ttl)}, ttl
        self.connection, self.asks_since = None, None

    def connect(self, limit=10):
        self.connection = dial_locket(self.address, self.certificates, limit)

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def has_ended(self):
        self.connection.setblocking(False)
        try:
            return not self.connection.recv(1)
        except (ssl.SSLWantReadError, BlockingIOError):
            return False
        except OSError:
            return True

    def ask(self, op, deadline=None):
        self.asks_since = time.monotonic()
        try:
            if self.connection is not None and self.has_ended():
                self.close()
            if self.connection is None:
                try:
                    self.connect(min(deadline or 10, 10))
                except Failed:
                    raise Failed('rpc error: code = 14 desc = grpc: the connection is unavailable') from None
            return put(self.connection, {'op': op, **self.lock}, deadline)
        except Answered:
            raise
        except Failed:
            self.close()
            raise
        finally:
            self.asks_since = None

    def waits(self):
        return lasts(self.asks_since)


def lasts(since):
    """Does what began then stand in a dump? A question that is answered at once is never seen in one."""
    return since is not None and time.monotonic() - since > 0.5


# --- profiles of goroutines ----------------------------------------------------------------------------------------------

def goroutines(name):
    """Those of one recorded dump: its kinds, each once. The text of each begins with its number."""
    with open(f'/opt/stage/goroutines/{name}.txt') as f:
        return f.read().strip().split('\n\n')


def numbered(goroutine, number):
    return re.sub(r'^goroutine [0-9]+', f'goroutine {number}', goroutine)


def while_it_asks(dump, client):
    """The dump of a process whose lock runner waits for Locket's answer, while it does."""
    if not client.waits():
        return dump
    (waits,) = goroutines('lock-waits')
    return [numbered(waits, g.split()[1]) if 'lock.(*lockRunner).Run(' in g else g for g in dump]


def serve_profiles(address, dump):
    """The debug server: nothing but /debug/pprof/goroutine?debug=2, which says what DUMP returns."""
    class Profiles(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path == '/debug/pprof/goroutine?debug=2'
            text = '\n\n'.join(dump()) + '\n' if found else '404 page not found\n'
            self.send_response(200 if found else 404)
            self.send_header('Content-Type', 'text/plain; charset=utf-8')
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    host, _, port = address.rpartition(':')
    threading.Thread(target=http.server.ThreadingHTTPServer((host, int(port)), Profiles).serve_forever, daemon=True).start()


def config():
    """The file given as -config=FILE."""
    with open(sys.argv[1].partition('=')[2]) as f:
        return json.load(f)


def seconds(duration):
    return float(duration.rstrip('s'))
