#include "lib/cluster/deletion.hpp"

#include <gtest/gtest.h>

namespace cfee {

namespace {

using Kind = DeletionResult::Kind;
using std::chrono::seconds;

const Deletion planned{.pod = "diego-api-0", .uid = "u-0"};

std::string path_on(const std::string& server) {
    const Kubectl kubectl;
    const Command command = rehearsal({kubectl, server}, planned, Kuberc::unsaid, seconds{1});
    return command.argv.at(3);
}

TEST(Deletion, TheServersPathIsPutInFront) {
    const std::string path = "/api/v1/namespaces/cf/pods/diego-api-0";
    for (const char* server :
         {"", "https://host", "https://host/", "https://host:6443", "https://[::1]:6443/", "host:6443"})
        EXPECT_EQ(path_on(server), path) << server;
    for (const char* server : {"https://host/k8s/clusters/c-1", "https://host/k8s/clusters/c-1/",
                               "https://host:8443/k8s/clusters/c-1//", "https://host/k8s/clusters/c-1?a=/b"})
        EXPECT_EQ(path_on(server), "/k8s/clusters/c-1" + path) << server;
}

TEST(Deletion, ItsDryRunStandsInTheBody) {
    const Kubectl kubectl{.program = "k", .global_flags = {"--context=prod"}};
    const Command command = rehearsal({kubectl, ""}, planned, Kuberc::not_interactive, seconds{7});
    EXPECT_EQ(command.argv, (std::vector<std::string>{"k", "--context=prod", "delete", "--raw",
                                                      "/api/v1/namespaces/cf/pods/diego-api-0", "-f", "-",
                                                      "--interactive=false"}));
    EXPECT_EQ(command.input, R"({"kind":"DeleteOptions","apiVersion":"v1",)"
                             R"("preconditions":{"uid":"u-0"},"dryRun":["All"]})");
    EXPECT_EQ(command.limit, seconds{7});
}

TEST(Deletion, IsTypedByAPersonWithTheSamePath) {
    const Kubectl kubectl;
    const std::string text = deletion_for_a_person({kubectl, "https://host/k8s/c-1"}, planned);
    EXPECT_NE(text.find("delete --raw /k8s/c-1/api/v1/namespaces/cf/pods/diego-api-0"), std::string::npos)
        << text;
    EXPECT_NE(text.find("u-0"), std::string::npos);
    EXPECT_EQ(text.find("dryRun"), std::string::npos);
}

TEST(ReadDeletion, TellsTheAnswersApart) {
    struct Row {
        std::string err;
        Kind kind;
    };
    const std::vector<Row> table{
        {"Error from server (NotFound): pods \"diego-api-0\" not found\n", Kind::gone},
        {"Error from server (NotFound): pods \"diego-api-1\" not found\n", Kind::denied},
        {"Error from server (NotFound): the server could not find the requested resource\n", Kind::denied},
        {"Error from server (Conflict): the UID in the precondition does not match\n", Kind::replaced},
        {"Error from server (Forbidden): pods is forbidden\n", Kind::forbidden},
        {"Error from server: admission webhook \"x\" denied the request: no\n", Kind::denied},
        {"Error from server (InternalError): an error on the server\n", Kind::unknown},
        {"Error from server (TooManyRequests): later\n", Kind::unknown},
        {"The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or "
         "port?\n",
         Kind::unknown},
        {"error: --interactive can not be used with --raw\n", Kind::interactive},
        {"Error: unknown flag: --raw\nSee 'kubectl delete --help' for usage.\n", Kind::denied},
        {"error: unknown flag: --raw\n", Kind::denied},
        {"", Kind::unknown},
    };
    for (const Row& row : table) {
        const Outcome outcome{.end = Outcome::End::exited, .code = 1, .err = row.err};
        EXPECT_EQ(read_deletion("diego-api-0", outcome).kind, row.kind) << row.err;
        // Whoever was killed has said nothing.
        const Outcome killed{.end = Outcome::End::timed_out, .err = row.err};
        if (row.kind != Kind::interactive && row.kind != Kind::forbidden) {
            EXPECT_EQ(read_deletion("diego-api-0", killed).kind, Kind::unknown) << row.err;
        }
    }
    const Outcome old{
        .end = Outcome::End::exited, .code = 1, .err = "Error: unknown flag: --raw\nSee help.\n"};
    EXPECT_EQ(read_deletion("diego-api-0", old).text, "Error: unknown flag: --raw");
}

TEST(ReadDeletion, SaysWhenItWasAskedFor) {
    const auto read = [](const std::string& out) {
        return read_deletion("diego-api-0", {.end = Outcome::End::exited, .code = 0, .out = out});
    };
    const DeletionResult result =
        read(R"({"kind":"Pod","metadata":{"deletionTimestamp":"2026-11-22T15:00:00Z",)"
             R"("deletionGracePeriodSeconds":600}})");
    EXPECT_EQ(result.kind, Kind::accepted);
    EXPECT_EQ(*result.asked,
              *read(R"({"kind":"Pod","metadata":{"deletionTimestamp":"2026-11-22T14:50:00Z"}})").asked);
    for (const char* out : {"", "[]", "null", R"({"kind":"Status"})", R"({"kind":7})", "pod deleted"})
        EXPECT_EQ(read(out).kind, Kind::unknown) << out;
    EXPECT_FALSE(read(R"({"kind":"Pod","metadata":{"deletionTimestamp":7}})").asked);
}

}  // namespace

}  // namespace cfee
