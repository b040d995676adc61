# Sourced: CAs and certificates in the current folder. EC keys: fast to make.
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" 2>/dev/null; }
ca() { key "$1"; openssl req -x509 -new -key "$1.key" -subj "/CN=$2" -days 3650 -out "$1.crt"; }
cert() { # NAME SUBJECT USAGE [SAN] [CA]
  local ca=${5:-ca}
  key "$1"; openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
  { echo "basicConstraints=CA:FALSE"; echo "keyUsage=digitalSignature"; echo "extendedKeyUsage=$3"
    [ -z "${4:-}" ] || echo "subjectAltName=$4"; } > "$1.ext"
  openssl x509 -req -in "$1.csr" -CA "$ca.crt" -CAkey "$ca.key" -CAcreateserial -days 3650 -extfile "$1.ext" -out "$1.crt" 2>/dev/null
}
expired() { # NAME SUBJECT USAGE SAN CA: the same, but it ended long ago (openssl x509 cannot say that, openssl ca can)
  key "$1"; openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
  printf '%s\n' "basicConstraints=CA:FALSE" "extendedKeyUsage=$3" "subjectAltName=$4" > "$1.ext"
  mkdir -p db; : > db/index; echo 01 > db/serial
  printf '%s\n' "[ca]" "default_ca=d" "[d]" "dir=db" "database=db/index" "serial=db/serial" "new_certs_dir=db" "default_md=sha256" "policy=p" "[p]" "commonName=supplied" > db/conf
  openssl ca -config db/conf -batch -notext -startdate 20180101000000Z -enddate 20190101000000Z -cert "$5.crt" -keyfile "$5.key" -extfile "$1.ext" -in "$1.csr" -out "$1.crt" 2>/dev/null
}
