#include "lib/cluster/kubectl.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

using namespace std::chrono_literals;
using Kind = Trouble::Kind;
using Words = std::vector<std::string>;

const Kubectl plain{.name_space = "scf"};
const Kubectl flagged{
    .program = "/opt/kubectl", .global_flags = {"--context=prod", "--token=hunter2"}, .name_space = "cf"};

TEST(Kubectl, GetsJsonWithoutWatching) {
    const Command command = plain.get({"pods", "-l", "a in (b)"}, 30s);
    EXPECT_EQ(command.argv, (Words{"kubectl", "get", "-n", "scf", "-o", "json", "--watch=false", "pods", "-l",
                                   "a in (b)"}));
    EXPECT_EQ(command.input, "");
    EXPECT_EQ(command.limit, 30s);
}

TEST(Kubectl, ExecutesWithoutTerminalOrInput) {
    const Command command =
        plain.exec("api-0", "api", {"cfee-x", "2", "echo $1"}, {"limit=5", "address="}, 11s);
    EXPECT_EQ(command.argv,
              (Words{"kubectl", "exec", "-n", "scf", "api-0", "-c", "api", "--stdin=false", "--tty=false",
                     "--", "sh", "-c", "echo $1", "cfee-x", "2", "limit=5", "address="}));
    EXPECT_EQ(command.input, "");
    EXPECT_EQ(command.limit, 11s);
}

TEST(Kubectl, AsksForContextAndVersion) {
    EXPECT_EQ(plain.context(1s).argv, (Words{"kubectl", "config", "view", "--minify", "-o", "json"}));
    EXPECT_EQ(plain.client_version(1s).argv, (Words{"kubectl", "version", "--client", "-o", "json"}));
}

TEST(Kubectl, PutsGlobalFlagsFirst) {
    for (const Command& command :
         {flagged.get({"pods"}, 1s), flagged.exec("p", "c", {"cfee-x", "1", "s"}, {}, 1s),
          flagged.context(1s), flagged.client_version(1s)}) {
        ASSERT_GT(command.argv.size(), 3U);
        EXPECT_EQ(Words(command.argv.begin(), command.argv.begin() + 3),
                  (Words{"/opt/kubectl", "--context=prod", "--token=hunter2"}));
    }
}

TEST(Kubectl, TellsAPersonFlagsWithoutSecrets) {
    EXPECT_EQ(plain.flags_for_a_person(), "-n scf");
    EXPECT_EQ(flagged.flags_for_a_person(), "-n cf --context=prod --token=REDACTED");
    const Kubectl twice{.global_flags = {"--token=hunter2", "--as=me", "--token=hunter3"}};
    EXPECT_EQ(twice.flags_for_a_person().find("hunter"), std::string::npos);
}

TEST(Kubectl, TellsAPersonFlagsThatCanBeTyped) {
    const Kubectl blank{.global_flags = {"--as-group=ops team", "--context=a$b"}};
    EXPECT_EQ(blank.flags_for_a_person(), "-n cf '--as-group=ops team' '--context=a$b'");
}

struct Row {
    std::string_view name;
    std::string err;
    Kind kind;
};

void expect_all(const std::vector<Row>& table) {
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        const Trouble trouble = trouble_of({.end = Outcome::End::exited, .code = 1, .err = row.err});
        EXPECT_EQ(trouble.kind, row.kind) << row.err;
        EXPECT_FALSE(trouble.text.empty());
        EXPECT_EQ(trouble.text.find('\n'), std::string::npos);
    }
}

TEST(TroubleOf, KnowsWhatExecSays) {
    expect_all({
        {"program missing",
         "error: Internal error occurred: error executing command in container: failed to exec in container: "
         "OCI runtime exec failed: exec failed: unable to start container process: exec: \"sh\": executable "
         "file not found in $PATH: unknown",
         Kind::no_program},
        {"program missing, older",
         "OCI runtime exec failed: exec failed: container_linux.go:349: starting container process caused "
         "\"exec: \\\"sh\\\": executable file not found in $PATH\": unknown",
         Kind::no_program},
        {"program missing, by its path",
         "OCI runtime exec failed: exec failed: container_linux.go:349: starting container process caused "
         "\"exec: \\\"/bin/sh\\\": stat /bin/sh: no such file or directory\\\": unknown",
         Kind::no_program},
        {"pod unknown", "Error from server (NotFound): pods \"api-9\" not found", Kind::not_found},
        {"container unknown", "Error from server (BadRequest): container nope is not valid for pod api-0",
         Kind::not_found},
        {"namespace unknown", "Error from server (NotFound): namespaces \"nope\" not found", Kind::not_found},
        {"unscheduled", "Error from server (BadRequest): pod diego-api-0 does not have a host assigned",
         Kind::not_running},
        {"container does not run",
         "error: Internal error occurred: unable to upgrade connection: container not found (\"diego-api\")",
         Kind::not_running},
        {"completed", "error: cannot exec into a container in a completed pod; current phase is Succeeded",
         Kind::not_running},
        {"kubelet stopped",
         "Error from server: error dialing backend: dial tcp 172.30.0.10:10250: connect: connection refused",
         Kind::no_kubelet},
        {"kubelet whose certificate is not accepted",
         "Error from server: error dialing backend: x509: certificate signed by unknown authority",
         Kind::no_kubelet},
        {"nobody there to answer a question", "error: EOF\n", Kind::unauthorised},
        {"no right to exec",
         "Error from server (Forbidden): pods \"api-0\" is forbidden: User \"u\" cannot create resource "
         "\"pods/exec\" in API group \"\" in the namespace \"cf\"",
         Kind::forbidden},
        {"no right to get",
         "Error from server (Forbidden): pods \"api-0\" is forbidden: User \"u\" cannot get resource "
         "\"pods\" in "
         "API group \"\" in the namespace \"cf\"",
         Kind::forbidden},
        {"remote exit status", "command terminated with exit code 1", Kind::other},
        {"noise", "E1122 10:00:00.1 1 websocket.go:297] Unknown stream id 1, discarding message",
         Kind::other},
    });
}

TEST(TroubleOf, KnowsProgramsThatMayNotBeExecuted) {
    expect_all(
        {{"not executable",
          "error: Internal error occurred: OCI runtime exec failed: exec failed: unable to start container "
          "process: exec: \"sh\": permission denied: unknown",
          Kind::no_program}});
}

TEST(TroubleOf, KnowsWhatTheServerSays) {
    expect_all({
        {"conflict", "Error from server (Conflict): Operation cannot be fulfilled on Pod \"victim\"",
         Kind::other},
        {"no right to list",
         "Error from server (Forbidden): statefulsets.apps is forbidden: User \"u\" cannot list resource "
         "\"statefulsets\" in API group \"apps\" in the namespace \"cf\"",
         Kind::forbidden},
        {"no right, and not found",
         "Error from server (NotFound): x\nError from server (Forbidden): y is forbidden", Kind::forbidden},
        {"logged out", "error: You must be logged in to the server (Unauthorized)", Kind::unauthorised},
        {"logged out, in other words",
         "error: You must be logged in to the server (the server has asked for the client to provide "
         "credentials)",
         Kind::unauthorised},
        {"logged out, by a plugin",
         "Unable to connect to the server: getting credentials: exec: executable aws failed with exit code "
         "255",
         Kind::unauthorised},
        {"unavailable", "Error from server (ServiceUnavailable): the server is currently unable to handle it",
         Kind::unreachable},
        {"time-out", "Error from server (Timeout): the server was unable to return a response in time",
         Kind::unreachable},
        {"previous container",
         "Error from server (BadRequest): previous terminated container \"X\" in pod \"Y\" not found",
         Kind::other},
    });
}

TEST(TroubleOf, KnowsThatNoServerAnswers) {
    expect_all({
        {"refused",
         "The connection to the server 127.0.0.1:6444 was refused - did you specify the right host or port?",
         Kind::unreachable},
        {"no kubeconfig",
         "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
         Kind::unreachable},
        {"with the discovery's noise before it",
         "E1122 10:00:00 1 memcache.go:265] couldn't get current server API group list: Get "
         "\"http://localhost:8080/api\": dial tcp 127.0.0.1:8080: connect: connection refused\nThe "
         "connection to "
         "the server localhost:8080 was refused - did you specify the right host or port?",
         Kind::unreachable},
        {"name unknown", "Unable to connect to the server: dial tcp: lookup k8s.example: no such host",
         Kind::unreachable},
        {"silent", "Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout", Kind::unreachable},
        {"silent in TLS", "Unable to connect to the server: net/http: TLS handshake timeout",
         Kind::unreachable},
        {"certificate", "Unable to connect to the server: x509: certificate signed by unknown authority",
         Kind::unreachable},
        {"certificate, newer",
         "error: tls: failed to verify certificate: x509: certificate has expired or is not yet valid",
         Kind::unreachable},
    });
}

TEST(TroubleOf, KnowsConfigurationsThatNameNoCluster) {
    expect_all({
        {"context unknown", "Error in configuration: context was not found for specified context: x",
         Kind::no_context},
        {"context unknown, newer", "error: context \"x\" does not exist", Kind::no_context},
        {"no current context", "error: current-context must exist in order to minify", Kind::no_context},
        {"nothing",
         "error: invalid configuration: no configuration has been provided, try setting "
         "KUBERNETES_MASTER environment variable",
         Kind::no_context},
        {"cluster unknown", "error: cluster \"x\" does not exist", Kind::no_context},
        {"broken file", "error: error loading config file \"/x\": yaml: line 1: did not find expected key",
         Kind::no_context},
    });
}

TEST(TroubleOf, SaysTheTellingLine) {
    struct LineRow {
        std::string err;
        std::string text;
        std::string out = "";
    };
    const std::vector<LineRow> table{
        {"Error from server (NotFound): pods \"a\" not found\n",
         "Error from server (NotFound): pods \"a\" not found"},
        {"Warning: v1 Endpoints is deprecated in v1.33+\nerror: x\ntrailing\n", "error: x"},
        {"Defaulted container \"a\" out of: a, b\nThe connection to the server h was refused - did you\n",
         "The connection to the server h was refused - did you"},
        {"an error: in the middle\nlast\n", "last"},
        {"caf\xc3\xa9 \x1b[31m\n", "caf?? ?[31m"},
        {"", "kubectl ended with status 1 and said nothing"},
        {"\n \n", "kubectl ended with status 1 and said nothing"},
        {"rpc error: oci runtime error: exec failed\n\ncommand terminated with exit code 126\n",
         "rpc error: oci runtime error: exec failed"},
        {"command terminated with exit code 126\n", "oci runtime error: exec failed",
         "oci runtime error: exec failed\n\n"},
        {"command terminated with exit code 137\n", "kubectl ended with status 1 and said nothing",
         "\n<cfee:ping 0>\n\n</cfee>\n"},
        {"error: unable to upgrade connection: <html>\r\n<head><title>414 Request-URI Too Large</title></head>\r\n"
         "<body>\r\n<center><h1>414</h1></center>\r\n</body>\r\n</html>\n",
         "error: unable to upgrade connection: 414 Request-URI Too Large"},
        {"error: unable to upgrade connection: <h3>Unauthorized</h3>\n",
         "error: unable to upgrade connection: Unauthorized"},
        {"error: x < y\n", "error: x < y"},
        {"error: EOF\n", "kubectl asked \"Please enter Username:\", and nobody answered",
         "Please enter Username: "},
        {"error: EOF\n", "error: EOF"},
        {"ERROR: Not logged in to proxy.example\nE1122 10:00:00.1 1 memcache.go:265] couldn't get\n"
         "Unable to connect to the server: getting credentials: exec: executable sh failed with exit code 1\n",
         "ERROR: Not logged in to proxy.example (so says kubectl's credential plugin)"},
    };
    for (const LineRow& row : table) {
        const Outcome outcome{.end = Outcome::End::exited, .code = 1, .out = row.out, .err = row.err};
        EXPECT_EQ(trouble_of(outcome).text, row.text);
    }
}

TEST(TroubleOf, KnowsOtherEnds) {
    struct EndRow {
        Outcome outcome;
        Kind kind;
        std::string_view says;
    };
    const std::vector<EndRow> table{
        {{.end = Outcome::End::not_started, .err = "no program kubectl in PATH\n"},
         Kind::no_kubectl,
         "no program kubectl in PATH"},
        {{.end = Outcome::End::timed_out, .err = "Error from server (Forbidden): x"},
         Kind::time_limit,
         "no answer within our own limit"},
        {{.end = Outcome::End::signalled, .code = 9}, Kind::other, "kubectl was ended by signal 9"},
        {{.end = Outcome::End::too_much_output}, Kind::garbled, "kubectl printed more than 256 MiB"},
    };
    for (const EndRow& row : table) {
        const Trouble trouble = trouble_of(row.outcome);
        EXPECT_EQ(trouble.kind, row.kind) << row.says;
        EXPECT_EQ(trouble.text, row.says);
    }
}

}  // namespace

}  // namespace cfee
