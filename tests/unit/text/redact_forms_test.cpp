// Every form in which a secret was seen in logs, errors, configurations and command lines, one a row; and the
// sentences that speak of secrets and hold none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "lib/text/redact.hpp"

namespace cfee {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string canary = "c4n4ryS3cretV4lue";

std::string with(std::string text, const std::string& mark, const std::string& value) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
        text.replace(at, mark.size(), value);
    return text;
}

// @@ is where the secret stands.
const std::vector<std::string> forms = {
    // a key and a value
    "password=@@",
    "password = @@",
    "password: @@",
    "password:@@",
    "Password: correct horse @@",
    "password='correct horse @@'",
    R"(password="correct horse @@")",
    R"(password="a\"b @@")",
    "password=a b @@",
    "login with password: @@ as admin",
    "DB_PASSWORD=@@",
    "db.password=@@",
    "db-password: @@",
    "dbPassword: @@",
    "DbPasswd=@@",
    "MYSQL_PWD=@@",
    "SMTP_PASS=@@",
    "PGPASSWORD=@@ psql -h db",
    "export PGPASSWORD='@@'; psql",
    "password2=@@",
    "password_hash: @@",
    "passphrase: @@",
    "passcode: @@",
    "client_secret=@@",
    "clientSecret: @@",
    "client-secret => @@",
    "uaa.clients.cc.secret: @@",
    "secret_key_base: @@",
    "SECRET_KEY_BASE=@@",
    "db_encryption_key: @@",
    "db_encryption_key=@@",
    "encryption_keys: {label: @@}",
    "encryption_keys:\n  label: @@\n  other: @@\n",
    "encryption_keys:\n- @@\n- @@\n",
    R"("encryption_keys": {"label": "@@", "other": ["@@"]})",
    "passwords: [a, @@]",
    "token=@@",
    "token: |\n  one\n  @@\nuser: me",
    "access_token=@@",
    "refreshToken: @@",
    "token:= @@",
    "AWS_SESSION_TOKEN=@@",
    "aws_secret_access_key = @@",
    "aws_access_key_id = @@",
    "SecretAccessKey: @@",
    "api_key: @@",
    "X-Api-Key: @@",
    "apikey=@@",
    "private_key: @@",
    "signing_key=@@",
    "master-key: @@",
    "storage_account_key=@@",
    "AccountKey=@@;EndpointSuffix=core.windows.net",
    "DefaultEndpointsProtocol=https;AccountName=me;AccountKey=@@==;EndpointSuffix=core.windows.net",
    "Endpoint=sb://bus.example/;SharedAccessKeyName=Root;SharedAccessKey=@@=",
    "Server=db;User Id=sa;Password=@@;Encrypt=yes",
    "host=db user=diego password=@@ port=5432 sslmode=disable",
    "client-key-data: @@",
    R"({"kind":"Config","users":[{"name":"u","user":{"client-key-data":"@@"}}]})",
    "credentials: @@",
    "creds=user/@@",
    "//registry.example/:_authToken=@@",
    "_auth=@@",
    "map[password:@@ user:me]",
    "{Token:@@ User:me}",
    "&{User:me Password:@@}",
    "time=x level=info password=@@ user=me",
    ":password=>\"@@\"",
    "<password>@@</password>",
    R"(<add key="DbPassword" value="@@"/>)",
    "requirepass @@",
    "machine h login me password @@",
    "CREATE USER diego IDENTIFIED BY '@@'",
    "ALTER ROLE diego WITH PASSWORD '@@'",
    "password%3D@@",
    "user%3Dme%26password%3D@@%26x%3D1",
    "https://h/login?next=%2Fx%3Ftoken%3D@@",
    "%7B%22password%22%3A%22@@%22%7D",
    "password%253D@@",
    // JSON
    R"({"password":"@@","user":"me"})",
    R"({"password" : "@@"})",
    R"({"password":["@@"]})",
    R"({"tokens":{"a":{"b":"@@"}}})",
    R"({"db_encryption_key":"@@"})",
    R"({"encryption_keys":{"current":"@@","old":["@@"]}})",
    R"({"secret_key_base":"@@"})",
    R"({"pass\u0077ord":"@@"})",
    R"({"name":"DB_PASSWORD","value":"@@"})",
    R"({"value":"@@","name":"DB_PASSWORD"})",
    R"({"Key":"db-password","Value":"@@"})",
    R"({"name":"Authorization","value":"@@"})",
    R"({"env":[{"name":"A","value":"@@"}]})",
    R"(I1122 starting with {"name": "DB_PASSWORD", "value": "@@"} now)",
    "[\n  {\n    \"name\": \"DB_PASSWORD\",\n    \"value\": \"@@\"\n  }\n]",
    "body:\n  {\n    \"name\": \"DB_PASSWORD\",\n    \"value\": \"@@\"\n  }\n",
    "- name: DB_PASSWORD\n  value: @@\n",
    R"(I1122 body="{\"name\":\"DB_PASSWORD\",\"value\":\"@@\"}")",
    R"({"message":"{\"name\":\"DB_PASSWORD\",\"value\":\"@@\"}"})",
    R"({"message":"{\"a\":\"{\\\"password\\\":\\\"@@\\\"}\"}"})",
    R"({"auths":{"registry.example":{"auth":"@@"}}})",
    "{\n  \"auths\": {\n    \"r\": {\n      \"auth\": \"@@\"\n    }\n  }\n}",
    R"(config "auths":{"registry.example":{"auth":"@@"}} read)",
    R"({".dockerconfigjson":"@@"})",
    R"({"kind":"Secret","data":{"a":"@@"}})",
    R"(2026-11-22T10:00:00Z {"password":"@@","x":1})",
    R"({"password":"@@","cut":"of)",
    R"({"passwords":{"a":"@@","cut":"of)",
    R"({"args":["--password","@@"]})",
    R"({"args":["--password=@@"]})",
    R"({"https://u:@@@host":1})",
    // headers
    "Authorization: Bearer @@",
    "Authorization: Basic @@",
    "authorization: @@",
    "Proxy-Authorization: Negotiate @@",
    R"({"Authorization":["Bearer @@"]})",
    "Authorization:[Bearer @@] Accept:[*/*]",
    R"(curl -H "Authorization: token @@" https://h)",
    R"(curl -k -H 'X-Auth-Token: @@' https://h)",
    "sent bearer @@ there",
    "basic @@== was refused",
    "Cookie: a=b; session=@@; c=d",
    "Set-Cookie: JSESSIONID=@@; Path=/; HttpOnly",
    "< set-cookie: __VCAP_ID__=@@; Path=/",
    R"({"Set-Cookie":["a=@@; Path=/"]})",
    R"({"headers":{"cookie":"a=@@"}})",
    // URLs
    "https://@@@host/path",
    "https://user:@@@host/path",
    "https://:@@@host",
    "postgres://diego:@@@db:5432/diego?sslmode=disable",
    "postgres://diego:p@ss@@@db/x",
    "postgres://diego:p/w?@@@db/x",
    "mysql://root:@@@db:3306/locket",
    "redis://:@@@redis:6379/0",
    "amqp://guest:@@@mq:5672/%2f",
    "mongodb+srv://u:@@@cluster.example/db",
    "git clone https://@@:x-oauth-basic@github.example/a/b",
    R"(Get "https://@@@host/x": dial tcp: no)",
    "jdbc:postgresql://db/x?user=u&password=@@",
    "jdbc:sqlserver://db:1433;user=sa;password=@@;encrypt=true",
    "jdbc:mysql://u:@@@db/x",
    "jdbc:oracle:thin:scott/tiger:@@@db:1521/x",
    "https://h/x?access_token=@@&y=1",
    "https://h/x?y=1&api_key=@@",
    "https://h/x#access_token=@@&state=1",
    "https://h/x?key=@@",
    "https://blob.example/c?sv=2020&se=2021&sr=b&sp=r&sig=@@%3D",
    "https://s3.example/b?X-Amz-Algorithm=AWS4&X-Amz-Signature=@@",
    "https://s3.example/b?X-Amz-Security-Token=@@&X-Amz-Expires=60",
    "https://gcs.example/b?X-Goog-Signature=@@&x=1",
    "https://s3.example/b?AWSAccessKeyId=@@&Signature=@@&Expires=1",
    "SharedAccessSignature sr=h&sig=@@&se=1",
    "?sv=2020-08-04&ss=b&srt=sco&sig=@@",
    "https://hooks.slack.com/services/T0000/B0000/@@",
    "diego:@@@tcp(db:3306)/diego?parseTime=true",
    "diego:a@b:@@@tcp(db:3306)/diego",
    "diego:@@@unix(/s)/diego",
    "diego:@@@db.example:5432/diego",
    // command lines
    "curl -u user:@@ https://h",
    "curl -uuser:@@ https://h",
    "curl -u 'user:@@' https://h",
    "curl --user user:@@ https://h",
    "curl --user=user:@@ https://h",
    "curl --proxy-user user:@@ https://h",
    "mysql -uroot -p@@ locket",
    "mysqldump -h db -p'@@' locket",
    "sshpass -p @@ ssh host",
    "docker login -u me -p @@ registry.example",
    "redis-cli -a @@ ping",
    "cf auth admin @@",
    "kubectl --token @@ get pods",
    "kubectl --token=@@ get pods",
    "x --db-password '@@' -v",
    R"(x --db-password "correct horse @@" -v)",
    "x -password @@ -v",
    "kubectl create secret generic x --from-literal=password=@@",
    // shapes
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n@@=\n-----END RSA PRIVATE KEY-----\nnext",
    R"(key "-----BEGIN PRIVATE KEY-----\nMIIE\n@@\n-----END PRIVATE KEY-----\n")",
    R"({"x":"-----BEGIN EC PRIVATE KEY-----\nMIIE\n@@\n-----END EC PRIVATE KEY-----\n"})",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n@@",
    "-----BEGIN OPENSSH PRIVATE KEY-----\n  @@\n  -----END OPENSSH PRIVATE KEY-----",
    "x eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.@@ y",
    "pushed with ghp_@@abcd to github",
    "npm_@@0123456789 was used",
    "xoxb-123-@@",
};

/// What the same may be wrapped in.
const std::vector<std::pair<std::string, std::string (*)(const std::string&)>> contexts = {
    {"as it is", [](const std::string& form) { return form; }},
    {"after a line", [](const std::string& form) { return "first line\n" + form; }},
    {"behind a log's head",
     [](const std::string& form) { return "E1122 10:00:00.000000 1 x.go:1] " + form; }},
    {"in JSON",
     [](const std::string& form) {
         return nlohmann::json{{"message", form}, {"n", 1}}.dump();
     }},
    {"in JSON in JSON",
     [](const std::string& form) {
         return nlohmann::json{{"m", nlohmann::json{{"message", form}}.dump()}}.dump();
     }},
    {"in JSON after a time",
     [](const std::string& form) {
         return "10:00 " + nlohmann::json{{"message", form}}.dump();
     }},
};

TEST(RedactForms, HidesTheSecretInEachOfThem) {
    int leaks = 0;
    for (const std::string& form : forms) {
        const std::string text = with(form, "@@", canary);
        leaks += redacted(text).find(canary) != std::string::npos ? 1 : 0;
        EXPECT_THAT(redacted(text), Not(HasSubstr(canary))) << text;
    }
    EXPECT_GE(forms.size(), 131U);
    EXPECT_EQ(leaks, 0) << "of " << forms.size();
}

TEST(RedactForms, HidesThemInWhateverTheyAreWrapped) {
    int leaks = 0;
    for (const std::string& form : forms) {
        for (const auto& [name, wrap] : contexts) {
            // A block of YAML is one only at the beginning of a line.
            if (name == "behind a log's head" && form.find('\n') != std::string::npos) continue;
            const std::string text = wrap(with(form, "@@", canary));
            const std::string once = redacted(text);
            leaks += once.find(canary) != std::string::npos ? 1 : 0;
            EXPECT_THAT(once, Not(HasSubstr(canary))) << name << ": " << text;
            EXPECT_EQ(redacted(once), once) << name << ": " << text;
            if (nlohmann::json::accept(text)) {
                EXPECT_TRUE(nlohmann::json::accept(once)) << once;
                EXPECT_THAT(redacted_json(text), Not(HasSubstr(canary)));
            }
        }
    }
    EXPECT_EQ(leaks, 0) << "of " << forms.size() * contexts.size();
}

const std::vector<std::string> prose = {
    "error: getting credentials: exec: executable aws failed with exit code 1",
    "getting credentials: exec: executable gke-gcloud-auth-plugin not found",
    "Unable to connect to the server: getting credentials: exec: exit status 255",
    "Error 1045: Access denied for user 'diego'@'10.0.0.1' (using password: YES)",
    "Error 1045 (28000): Access denied for user 'diego'@'10.0.0.1' (using password: NO)",
    "pq: password authentication failed for user \"diego\"",
    "error: You must be logged in to the server (the server has asked for the client to provide credentials)",
    "token has expired",
    "error: token is expired by 3h",
    "no credentials provided",
    "secret \"x\" not found",
    "Error from server (NotFound): secrets \"regcred\" not found",
    "MountVolume.SetUp failed for volume \"x\" : secret \"y\" not found",
    "MountVolume.SetUp failed for volume \"diego-secret\" : secret \"diego-secret\" not found",
    "MountVolume.SetUp failed for volume \"kube-api-token\" : failed to fetch token: serviceaccounts \"x\" "
    "not found",
    "couldn't find key password in Secret cf/db",
    "secrets is forbidden: User \"x\" cannot list resource \"secrets\" in API group \"\"",
    "failed to refresh token: oidc: the server answered 400",
    "couldn't get token: Post \"https://login.example/token\": dial tcp: lookup login.example: no such host",
    "Unable to authenticate the request: invalid bearer token, Token has expired",
    "x509: certificate has expired or is not yet valid",
    "Bearer authentication required",
    "basic authentication is off",
    "Authorization: Bearer <masked>",
    "password=$PASSWORD x ${TOKEN}",
    "the password is wrong",
    "automountServiceAccountToken: false",
    "rpc error: code = 2 desc = pq: the database system is starting up",
    "Failed to pull image \"registry.example/a/b:1.2@sha256:0123456789abcdef\": unauthorized",
    "volumes:\n- name: x\n  secret:\n    secretName: y\n",
    R"({"secret":{"secretName":"x","defaultMode":420,"items":[{"key":"a","path":"b"}]}})",
    R"({"imagePullSecrets":[{"name":"regcred"}],"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}})",
    R"_({"error":"Error 1045: Access denied for user 'diego'@'10.0.0.1' (using password: YES)"})_",
    R"({"error":"getting credentials: exec: executable aws failed with exit code 1"})",
    R"({"name":"DB_HOST","value":"db.example","n":12345678901234567890123,"f":1795355683.4336538310,"e":1E400})",
};

TEST(RedactForms, LeavesSentencesThatHoldNone) {
    for (const std::string& sentence : prose) {
        EXPECT_EQ(redacted(sentence), sentence);
        const std::string json = nlohmann::json{{"message", sentence}}.dump();
        EXPECT_EQ(redacted(json), json);
        EXPECT_EQ(redacted("log: " + json), "log: " + json);
    }
}

TEST(RedactForms, ChangesNothingOfALineButTheSecrets) {
    const std::string text =
        R"({ "b":1.50, "a":10000000000000000000001,"é":"\u00e9\/\u003c","password":"x" , "z":[ ]})";
    EXPECT_EQ(redacted(text), with(text, "\"x\"", "\"REDACTED\""));
    EXPECT_EQ(redacted_json(R"({ "n" : 1.50, "m": 10000000000000000000001 })"),
              R"({"n":1.50,"m":10000000000000000000001})");
}

}  // namespace

}  // namespace cfee
