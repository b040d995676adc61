"""What the stand-ins for BBS, Locket and cfdot share: logging as lager did in 2018, connecting as Go says it, Locket's wire.

The wire is not gRPC but one line of JSON each way; the texts of errors are those of the real ones."""
import json
import os
import socket
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


def ask_locket(address, question, deadline=None):
    """One question to Locket. Without a deadline it waits for ever, as the real ones do."""
    host, _, port = address.rpartition(':')
    connection = dial(host, int(port), deadline or 10)
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
