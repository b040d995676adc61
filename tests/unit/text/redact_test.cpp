#include "lib/text/redact.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "tests/unit/world/support.hpp"

namespace cfee {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Redact, TakesSecretsOutOfText) {
    const std::vector<std::pair<std::string, std::string>> table = {
        // pairs
        {"password=hunter2", "password=REDACTED"},
        {"password = hunter2 next", "password = REDACTED"},
        {"host=db password=hunter2 port=1", "host=db password=REDACTED"},
        {"DB_PASSWORD=hunter2", "DB_PASSWORD=REDACTED"},
        {"PGPASS=a MYSQL_PASS=b", "PGPASS=a MYSQL_PASS=REDACTED"},
        {"?sslmode=off&password=a+b&x=1", "?sslmode=off&password=REDACTED"},
        {"Password=a;Server=b", "Password=REDACTED"},
        {"password=a;b,c&d", "password=REDACTED"},
        {"(password=hunter2)", "(password=REDACTED"},
        {"{Token:abc User:me}", "{Token:REDACTED"},
        {"map[secret:abc]", "map[secret:REDACTED"},
        {"password='correct horse' x", "password='REDACTED' x"},
        {R"(password="correct \"horse\" staple" x)", R"(password="REDACTED" x)"},
        {R"(password="ends with \\" x="y")", R"(password="REDACTED" x="y")"},
        {"passwd: hunter2\r\nuser: me\r\n", "passwd: REDACTED\r\nuser: me\r\n"},
        {"  - api_key: correct horse battery\n", "  - api_key: REDACTED\n"},
        {"token: |\n  one\n  two\nuser: me\n", "token: |\n  REDACTED\nuser: me\n"},
        {"password:\n  other: x\nuser: me\n", "password:\n  REDACTED\nuser: me\n"},
        {"clientSecret => abc", "clientSecret => REDACTED"},
        {"password:=abc", "password:=REDACTED"},
        {"пароль password=пароль✓", "пароль password=REDACTED"},
        {"password=\xff\xfe\x80 x", "password=REDACTED"},
        {"password=ab\"cd", "password=REDACTED"},
        {"--from-literal=password=foo", "--from-literal=password=REDACTED"},
        // JSON, also in JSON
        {R"({"password":"hunter2","user":"me"})", R"({"password":"REDACTED","user":"me"})"},
        {R"({"access_token" : "a\"b\\" , "x":1})", R"({"access_token" : "REDACTED" , "x":1})"},
        {R"({"token":123,"x":1})", R"({"token":"REDACTED","x":1})"},
        {R"("{\"password\":\"hunter2\",\"user\":\"me\"}")",
         R"("{\"password\":\"REDACTED\",\"user\":\"me\"}")"},
        {R"("{\"password\":\"a\\\"b\",\"x\":1}")", R"("{\"password\":\"REDACTED\",\"x\":1}")"},
        {R"("{\"password\":\"a\\\\\",\"x\":1}")", R"("{\"password\":\"REDACTED\",\"x\":1}")"},
        {R"("\"{\\\"token\\\":\\\"abc\\\",\\\"x\\\":1}\"")",
         R"("\"{\\\"token\\\":\\\"REDACTED\\\",\\\"x\\\":1}\"")"},
        {R"({"message":"login password=foo","x":1})", R"({"message":"login password=REDACTED","x":1})"},
        {R"("{\"m\":\"password=foo\"}")", R"("{\"m\":\"password=REDACTED\"}")"},
        // headers and tokens
        {"Authorization: Bearer abc.def", "Authorization: Bearer REDACTED"},
        {"> Authorization: Basic dXNlcjpwYXNz\r\n> Host: x", "> Authorization: Basic REDACTED\r\n> Host: x"},
        {"authorization: own stuff", "authorization: REDACTED"},
        {R"({"Authorization":["Bearer abc"],"x":1})", R"({"Authorization":"REDACTED","x":1})"},
        {R"(-H "Authorization: Bearer abc" x)", R"(-H "Authorization: Bearer REDACTED)"},
        {"sent bearer abcdef123456 there", "sent bearer REDACTED there"},
        {"x eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl y", "x REDACTED y"},
        // command lines
        {"curl --token hunter2 https://host", "curl --token REDACTED https://host"},
        {"x --db-password 'correct horse' -v", "x --db-password 'REDACTED' -v"},
        {R"({"cmd":"x --token abc","y":1})", R"({"cmd":"x --token REDACTED","y":1})"},
        // URLs and data source names
        {"postgres://diego:hunter2@db:5432/diego?x", "postgres://REDACTED@db:5432/diego?x"},
        {"postgres://diego:p@ss@db/x", "postgres://REDACTED@db/x"},
        {"postgres://diego:p/w?d@db/x", "postgres://REDACTED@db/x"},
        {"https://:abc@host", "https://REDACTED@host"},
        {"a://b:c@d e://f:g@h", "a://REDACTED@d e://REDACTED@h"},
        {"diego:hunter2@tcp(db:3306)/diego", "diego:REDACTED@tcp(db:3306)/diego"},
        {R"({"dsn":"diego:a@b:c@tcp(db:3306)/diego"})", R"({"dsn":"diego:REDACTED@tcp(db:3306)/diego"})"},
        {"diego:a\"b@unix(/s)/diego", "diego:REDACTED@unix(/s)/diego"},
        // keys
        {"-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----\nnext",
         "-----BEGIN RSA PRIVATE KEY-----REDACTED-----END RSA PRIVATE KEY-----\nnext"},
        {R"("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n")",
         R"("-----BEGIN PRIVATE KEY-----REDACTED-----END PRIVATE KEY-----\n")"},
        {"-----BEGIN EC PRIVATE KEY-----\nMIIE\nabc", "-----BEGIN EC PRIVATE KEY-----REDACTED"},
        {"-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
         "-----BEGIN CERTIFICATE-----REDACTED-----END CERTIFICATE-----"},
        {"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n</cfee>\n-----END X-----",
         "-----BEGIN RSA PRIVATE KEY-----REDACTED</cfee>\n-----END X-----"},
        {"client-key-data: LS0tLS1CRUdJTg==", "client-key-data: REDACTED"},
    };
    for (const auto& [text, expected] : table) {
        EXPECT_EQ(redacted(text), expected);
        EXPECT_EQ(redacted(expected), expected);
    }
}

TEST(Redact, LeavesEverythingElseByteByByte) {
    const std::vector<std::string> table = {
        "",
        "Connection to diego-api.cf (10.96.3.107) 8889 port [tcp/*] succeeded!\n__rc=0\n",
        "nc: connect to 10.244.0.11 port 8889 (tcp) failed: Connection refused\n__rc=1\n",
        R"({"key":"bbs","owner":"diego-api-0","type":"lock","type_code":1})",
        R"({"timestamp":"1795355116.6","source":"locket","message":"locket.lock.failed-locking-lock","data":{"error":"pq: password authentication failed for user \"diego\"","key":"bbs"}})",
        "Error from server (NotFound): secrets \"regcred\" not found",
        "MountVolume.SetUp failed for volume \"x\" : secret \"y\" not found",
        R"({"secretName":"x","secretKeyRef":{"name":"a","key":"password"},"automountServiceAccountToken": false})",
        R"({\"automountServiceAccountToken\":false,\"containers\":[]})",
        "password=",
        R"({"password":"","token":null})",
        "password=$PASSWORD x ${TOKEN}",
        "token=${TOKEN}",
        "secret=$(cat /var/secret)",
        "Bearer authentication required",
        "http://host:8080/path@x https://host/ https://[::1]:8889/v1/ping",
        "grpc://10.0.0.1:8891 user@host",
        "mail me@(home) at 12:30",
        "Authorization: Bearer <masked>",
        std::string("\0\xff\xc0\n\r\x1b[0m\\\\\"'`", 14),
    };
    for (const std::string& text : table) EXPECT_EQ(redacted(text), text);
}

TEST(Redact, TwiceChangesNothingMoreWhateverTheBytes) {
    static const std::vector<std::string> pieces = {"password",
                                                    "token",
                                                    "=",
                                                    ":",
                                                    " ",
                                                    "\"",
                                                    "\\",
                                                    "'",
                                                    "\n",
                                                    "  ",
                                                    ",",
                                                    "}",
                                                    "{",
                                                    "[",
                                                    "]",
                                                    ")",
                                                    "@",
                                                    "@tcp(",
                                                    "://",
                                                    "user",
                                                    "$",
                                                    "-----BEGIN PRIVATE KEY-----",
                                                    "-----END PRIVATE KEY-----",
                                                    "Authorization",
                                                    "Bearer ",
                                                    "abc123def456",
                                                    "eyJ",
                                                    ".",
                                                    "&",
                                                    ";",
                                                    "|",
                                                    "\xff",
                                                    "REDACTED",
                                                    "null",
                                                    "=>",
                                                    "- ",
                                                    "\r\n",
                                                    "\t",
                                                    "é",
                                                    "basic "};
    std::mt19937 random(4711);
    for (int round = 0; round < (sanitized ? 4000 : 40000); ++round) {
        std::string text;
        for (auto count = random() % 24; count > 0; --count) text += pieces[random() % pieces.size()];
        const std::string once = redacted(text);
        ASSERT_EQ(redacted(once), once) << text;
    }
}

TEST(Redact, IsLinearInLongLines) {
    // Each of these would take minutes if anything were looked for from every place to the end.
    const auto began = std::chrono::steady_clock::now();
    for (const std::string piece : {"password=",
                                    "password=\"",
                                    "password='\\",
                                    "://",
                                    "a:b@tcp(",
                                    "-----BEGIN PRIVATE KEY-----!",
                                    "eyJ",
                                    "Bearer ",
                                    "=,",
                                    ")))",
                                    "password=)",
                                    "\\",
                                    "\"",
                                    "Authorization:",
                                    "@(",
                                    "-----BEGIN ",
                                    "x://a:b/",
                                    "token: |\n ",
                                    "@tcp",
                                    "password=\\\"",
                                    " ",
                                    "-",
                                    "--token ",
                                    "--token \"",
                                    "--token x ",
                                    "[",
                                    "{\"a\":",
                                    "\"password\":{",
                                    "%25",
                                    "name=",
                                    "value=\"",
                                    "{\"a\":1}\n",
                                    "secret: {name:",
                                    "a:b@",
                                    "\"a\":\"b\",",
                                    "-u a:",
                                    "login a password "}) {
        std::string text;
        while (text.size() < (sanitized ? 30000U : 200000U)) text += piece;
        EXPECT_EQ(redacted(redacted(text)), redacted(text));
        text.insert(0, "password=").push_back('x');
        EXPECT_EQ(redacted(redacted(text)), redacted(text));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(60));
}

TEST(Redact, TakesSecretsOutOfCommandLines) {
    using Argv = std::vector<std::string>;
    const std::vector<std::pair<Argv, Argv>> table = {
        {{"kubectl", "--token=abc", "get", "pods"}, {"kubectl", "--token=REDACTED", "get", "pods"}},
        {{"kubectl", "--token", "abc", "get"}, {"kubectl", "--token", "REDACTED", "get"}},
        {{"kubectl", "--password", "--x"}, {"kubectl", "--password", "REDACTED"}},
        {{"kubectl", "--client-key-data=abc="}, {"kubectl", "--client-key-data=REDACTED"}},
        {{"kubectl", "--token"}, {"kubectl", "--token"}},
        {{"kubectl", "--token=my-token", "get"}, {"kubectl", "--token=REDACTED", "get"}},
        {{"curl", "-u", "me:x", "-v"}, {"curl", "-u", "me:REDACTED", "-v"}},
        {{"kubectl", "--username", "me", "--client-key", "/f", "--token-file=/f"},
         {"kubectl", "--username", "me", "--client-key", "/f", "--token-file=/f"}},
        {{"sh", "-c", "curl -u a https://a:b@c"}, {"sh", "-c", "curl -u a https://REDACTED@c"}},
        {{"kubectl", "exec", "p", "--", "nc", "-zv", "h", "8889"},
         {"kubectl", "exec", "p", "--", "nc", "-zv", "h", "8889"}},
        {{}, {}},
        {{"", "--", "-", "="}, {"", "--", "-", "="}},
    };
    for (const auto& [argv, expected] : table) {
        EXPECT_EQ(redacted_argv(argv), expected);
        EXPECT_EQ(redacted_argv(expected), expected);
    }
}

TEST(Redact, TakesSecretsOutOfJson) {
    const std::vector<std::pair<std::string, std::string>> table = {
        {R"({ "a" : [ 1, true, null, 1.5, "x" ] })", R"({"a":[1,true,null,1.5,"x"]})"},
        {R"({"spec":{"env":[{"name":"A","value":"x"},{"name":"B","valueFrom":{"secretKeyRef":{"key":"k"}}}]}})",
         R"({"spec":{"env":[{"name":"A","value":"REDACTED"},{"name":"B","valueFrom":{"secretKeyRef":{"key":"k"}}}]}})"},
        {R"({"metadata":{"managedFields":[{"x":1}],"name":"a","annotations":{"b":"c","kubectl.kubernetes.io/last-applied-configuration":"{}"}}})",
         R"({"metadata":{"name":"a","annotations":{"b":"c","kubectl.kubernetes.io/last-applied-configuration":"REDACTED"}}})"},
        {R"({"kind":"Secret","data":{"a":"b"},"stringData":{"c":"d"},"type":"Opaque"})",
         R"({"kind":"Secret","data":{"a":"REDACTED"},"stringData":{"c":"REDACTED"},"type":"Opaque"})"},
        {R"({"kind":"List","items":[{"data":{"a":"b"},"kind":"Secret"},{"kind":"ConfigMap","data":{"a":"b"}}]})",
         R"({"kind":"List","items":[{"data":{"a":"REDACTED"},"kind":"Secret"},{"kind":"ConfigMap","data":{"a":"b"}}]})"},
        {R"({"kind":"SecretList","items":[{"data":{"a":"b"}}]})",
         R"({"kind":"SecretList","items":[{"data":{"a":"REDACTED"}}]})"},
        {R"({"kind":"Config","users":[{"name":"me","user":{"token":"t","exec":{"args":["a"],"env":null}}}],"clusters":[{"cluster":{"server":"https://x"}}]})",
         R"({"kind":"Config","users":[{"name":"me","user":{"token":"REDACTED","exec":{"args":["REDACTED"],"env":null}}}],"clusters":[{"cluster":{"server":"https://x"}}]})"},
        {R"({"args":["--url=mysql://a:b@c"],"message":"password=x"})",
         R"({"args":["--url=mysql://REDACTED@c"],"message":"password=REDACTED"})"},
        {R"({"password":"x","nested":[{"api_key":7,"secret":{"secretName":"s"}}]})",
         R"({"password":"REDACTED","nested":[{"api_key":"REDACTED","secret":{"secretName":"s"}}]})"},
        {R"({"password":"\"quoted\\ \u00fc"})", R"({"password":"REDACTED"})"},
        {"[]", "[]"},
        {R"("password=x")", R"("password=REDACTED")"},
    };
    for (const auto& [document, expected] : table) {
        EXPECT_EQ(redacted_json(document), expected);
        EXPECT_EQ(redacted_json(expected), expected);
    }
}

TEST(Redact, LeavesOutWhatIsNotOneJsonDocument) {
    for (const std::string document :
         {R"({"password":"hunter2")", R"({"a":"hunter2"}{"b":1})", "hunter2", "{\"\xff\":1}"}) {
        std::string note = "(";  // by append: GCC 12 warns wrongly of operator+
        note.append(std::to_string(document.size())).append(" bytes that are not JSON were left out)");
        EXPECT_EQ(redacted_json(document), note);
    }
}

TEST(Redact, SurvivesJsonOfAnyDepth) {
    for (const std::string open : {"[", "{\"a\":", "{\"env\":[{\"name\":1,\"value\":"}) {
        std::string document;
        for (int level = 0; level < 20000; ++level) document += open;
        EXPECT_THAT(redacted_json(document), HasSubstr("not JSON"));
    }
    const std::string deep = std::string(100000, '[') + "\"password=hunter2\"" + std::string(100000, ']');
    EXPECT_THAT(redacted_json(deep), Not(HasSubstr("hunter2")));
}

}  // namespace

}  // namespace cfee
