// Stand-in for cfdot: `cfdot locks [--locketAPILocation ADDRESS]` asks Locket for its locks. To reach it it has 10 s; for the
// answer it waits without a deadline, as the real one. In Go, as the real one: what a look costs hangs on it. The wire is not
// gRPC but TLS with one line of JSON each way (../root/opt/stage/stage.py).
package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

func fail(status int, format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "Error: "+format+"\n", arguments...)
	os.Exit(status)
}

func main() {
	location := os.Getenv("LOCKET_API_LOCATION")
	var words []string
	for rest := os.Args[1:]; len(rest) > 0; rest = rest[1:] {
		name, value, hasValue := strings.Cut(rest[0], "=")
		switch {
		case name != "--locketAPILocation":
			words = append(words, rest[0])
		case hasValue:
			location = value
		case len(rest) > 1:
			location = rest[1]
			rest = rest[1:]
		}
	}
	if len(words) != 1 || words[0] != "locks" {
		fail(1, "unknown command %q for \"cfdot\"", strings.Join(words, " "))
	}
	if location == "" {
		fail(3, "Could not set required flag 'locketAPILocation'")
	}
	connection, err := dial(location, configuration(), 10*time.Second)
	if err != nil {
		fail(4, "%v", err)
	}
	locks, err := ask(connection)
	if err != nil {
		fail(4, "%v", err)
	}
	for _, lock := range locks {
		var line bytes.Buffer
		if err := json.Compact(&line, lock); err != nil {
			fail(5, "%v", err)
		}
		fmt.Println(line.String())
	}
}

func configuration() *tls.Config {
	authority, err := os.ReadFile(os.Getenv("CA_CERT_FILE"))
	if err != nil {
		fail(3, "%v", err)
	}
	own, err := tls.LoadX509KeyPair(os.Getenv("CLIENT_CERT_FILE"), os.Getenv("CLIENT_KEY_FILE"))
	if err != nil {
		fail(3, "%v", err)
	}
	known := x509.NewCertPool()
	known.AppendCertsFromPEM(authority)
	return &tls.Config{RootCAs: known, Certificates: []tls.Certificate{own}, InsecureSkipVerify: os.Getenv("SKIP_CERT_VERIFY") == "true"}
}

// As a blocking gRPC dial: it tries until there is a connection or the time is up, says each refusal, and gives up at once
// where the certificate is not good.
func dial(address string, configuration *tls.Config, limit time.Duration) (net.Conn, error) {
	end := time.Now().Add(limit)
	for pause := time.Second; ; pause = pause * 8 / 5 {
		connection, err := tls.DialWithDialer(&net.Dialer{Deadline: end}, "tcp", address, configuration)
		if err == nil {
			return connection, nil
		}
		var unverified *tls.CertificateVerificationError
		if errors.As(err, &unverified) {
			return nil, fmt.Errorf("connection error: desc = \"transport: authentication handshake failed: %v\"", unverified.Err)
		}
		var refused *net.OpError
		if errors.As(err, &refused) && refused.Op == "dial" && !refused.Timeout() {
			fmt.Fprintf(os.Stderr, "%s grpc: addrConn.resetTransport failed to create client transport: connection error: desc = \"transport: %v\"; Reconnecting to {%s <nil>}\n",
				time.Now().UTC().Format("2006/01/02 15:04:05"), err, address)
		}
		left := time.Until(end)
		time.Sleep(min(pause, left))
		if left <= pause {
			return nil, errors.New("context deadline exceeded")
		}
	}
}

func ask(connection net.Conn) ([]json.RawMessage, error) {
	fmt.Fprintln(connection, `{"op": "fetch-all"}`)
	line, err := bufio.NewReader(connection).ReadBytes('\n')
	if err != nil && strings.Contains(err.Error(), "remote error: tls") {
		return nil, errors.New("rpc error: code = 13 desc = transport is closing") // it said why, and closed: a certificate is not accepted
	}
	var answer struct {
		Error string
		Locks []json.RawMessage
	}
	if err != nil || json.Unmarshal(line, &answer) != nil {
		return nil, errors.New("rpc error: code = 14 desc = transport is closing")
	}
	if answer.Error != "" {
		return nil, errors.New(answer.Error)
	}
	return answer.Locks, nil
}
