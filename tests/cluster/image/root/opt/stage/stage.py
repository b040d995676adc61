"""What the stand-ins for BBS, Locket and cfdot share: logging as lager did in 2018, connecting as Go says it, Locket's wire.

The wire is not gRPC but TLS with one line of JSON each way; the texts of errors are those of the real ones."""
import json
import os
import socket
import ssl
import sys
import threading
import time
import urllib.parse

_writing = threading.Lock()


class Log:
    """One JSON object a line, on stdout: epoch time as a string, log_level 0 debug, 1 info, 2 error, 3 fatal."""

    def __init__(self, source):
        self.source = source

    def __call__(self, message, level=1, **data):
        now = time.time_ns()
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


def dial(host, port, timeout):
    """A TCP connection, or Failed with Go's text."""
    try:
        address = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM)[0][4]
    except OSError:
        raise Failed(f'dial tcp: lookup {host} on 10.96.0.10:53: no such host') from None
    try:
        return socket.create_connection(address, timeout)
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
        connection = psycopg2.connect(host=u.hostname, port=u.port, user=u.username, password=u.password, dbname=u.path.lstrip('/'),
                                      application_name=name, connect_timeout=10)
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


def dial_locket(address, certificates, limit=10, say=None):
    """A TLS connection to Locket, as a blocking gRPC dial makes it: it tries until there is one or the time is up, says each
    refusal, and gives up at once where the certificate is not good. CERTIFICATES: files of the CA, the certificate, its key."""
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
            if say and not str(e).endswith('i/o timeout'):
                say(time.strftime('%Y/%m/%d %H:%M:%S ', time.gmtime()) + 'grpc: addrConn.resetTransport failed to create client transport: '
                    f'connection error: desc = "transport: {e}"; Reconnecting to {{{address} <nil>}}\n')
        except OSError:   # it was closed in the handshake
            pass
        left = end - time.monotonic()
        time.sleep(max(0, min(pause, left)))
        if left <= pause:
            raise Failed('context deadline exceeded')
        pause *= 1.6


def ask_locket(connection, question, deadline=None):
    """One question to Locket, over a connection of its own. Without a deadline it waits for ever, as the real ones do."""
    with connection:
        connection.settimeout(deadline)
        try:
            connection.sendall(json.dumps(question).encode() + b'\n')
            with connection.makefile() as lines:
                answer = lines.readline()
        except socket.timeout:
            raise Failed('rpc error: code = 4 desc = context deadline exceeded') from None
        except OSError:
            answer = ''
    if not answer:
        raise Failed('rpc error: code = 14 desc = transport is closing')
    answer = json.loads(answer)
    if 'error' in answer:
        raise Failed(answer['error'])
    return answer


def config():
    """The file given as -config=FILE."""
    with open(sys.argv[1].partition('=')[2]) as f:
        return json.load(f)


def seconds(duration):
    return float(duration.rstrip('s'))
