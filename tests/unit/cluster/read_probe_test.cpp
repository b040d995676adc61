#include "lib/cluster/read_probe.hpp"
#include "lib/facts/probe.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

using namespace std::string_view_literals;

struct Wording {
    std::string_view name;
    std::string_view status;
    std::string_view text;
    Reach reach;
};

void expect_all(const std::vector<Wording>& table) {
    for (const Wording& row : table) {
        SCOPED_TRACE(row.name);
        const Connection connection = read_connection(row.status, row.text);
        EXPECT_EQ(to_words(connection.reach), to_words(row.reach));
        EXPECT_FALSE(row.reach != Reach::connected && connection.text.empty());
        EXPECT_EQ(connection.is_open(), row.reach == Reach::connected);
        EXPECT_EQ(connection.was_asked(), row.reach != Reach::could_not_ask);
    }
}

// What a small busybox prints when it is given -z.
constexpr std::string_view busybox_usage =
    "nc: invalid option -- 'z'\n"
    "BusyBox v1.35.0 (Debian 1:1.35.0-4) multi-call binary.\n\n"
    "Usage: nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]\n\n"
    "Open a pipe to IP:PORT or FILE\n\n"
    "\t-l\tListen mode, for inbound connects\n"
    "\t-w SEC\tConnect timeout\n";

TEST(ReadConnection, KnowsOpenBsdNetcat) {
    expect_all({
        {"address open", "0 nc", "Connection to 127.0.0.1 18889 port [tcp/*] succeeded!", Reach::connected},
        {"name open", "0 nc", "Connection to localhost (127.0.0.1) 18889 port [tcp/*] succeeded!",
         Reach::connected},
        {"address refused", "1 nc", "nc: connect to 127.0.0.1 port 18888 (tcp) failed: Connection refused",
         Reach::refused},
        {"name refused", "1 nc",
         "nc: connect to localhost (127.0.0.1) port 18888 (tcp) failed: Connection refused", Reach::refused},
        {"two addresses, both refused", "1 nc",
         "nc: connect to localhost (::1) port 1 (tcp) failed: Connection refused\n"
         "nc: connect to localhost (127.0.0.1) port 1 (tcp) failed: Connection refused\n",
         Reach::refused},
        {"address silent", "1 nc",
         "nc: connect to 127.0.0.1 port 18890 (tcp) timed out: Operation now in progress", Reach::timed_out},
        {"name silent", "1 nc",
         "nc: connect to localhost (127.0.0.1) port 18890 (tcp) timed out: Operation now in progress",
         Reach::timed_out},
        {"name unknown", "1 nc",
         "nc: getaddrinfo for host \"nosuch.invalid\" port 8889: Name or service not known",
         Reach::name_unknown},
        {"name without address", "1 nc",
         "nc: getaddrinfo for host \"diego-api-set\" port 8889: No address associated with hostname",
         Reach::name_unknown},
        {"resolver silent", "1 nc",
         "nc: getaddrinfo for host \"H\" port 8889: Temporary failure in name resolution",
         Reach::lookup_failed},
        {"resolver fails otherwise", "1 nc",
         "nc: getaddrinfo for host \"H\" port 8889: Non-recoverable failure in name resolution",
         Reach::lookup_failed},
        {"no route", "1 nc", "nc: connect to 10.2.0.9 port 8889 (tcp) failed: No route to host",
         Reach::unreachable},
        {"no network", "1 nc", "nc: connect to 10.2.0.9 port 8889 (tcp) failed: Network is unreachable",
         Reach::unreachable},
        {"a service without backends", "1 nc",
         "nc: connect to 10.2.0.9 port 8889 (tcp) failed: Operation not permitted", Reach::failed},
        {"not allowed", "1 nc", "nc: connect to 10.2.0.9 port 8889 (tcp) failed: Permission denied",
         Reach::failed},
        {"reset", "1 nc", "nc: connect to H (10.2.0.9) port 8889 (tcp) failed: Connection reset by peer",
         Reach::failed},
        {"for a reason that nobody has heard of", "1 nc", "nc: connect to H port 8889 (tcp) failed: \x01x",
         Reach::failed},
        {"the last of two addresses decides", "1 nc",
         "nc: connect to H (::1) port 1 (tcp) failed: Connection refused\n"
         "nc: connect to H (127.0.0.1) port 1 (tcp) failed: Operation not permitted",
         Reach::failed},
        {"a host's name is no wording", "1 nc",
         "nc: connect to timeout.getaddrinfo.example port 1 (tcp) failed: Operation not permitted",
         Reach::failed},
        {"host down", "1 nc", "nc: connect to 10.2.0.9 port 8889 (tcp) failed: Host is down",
         Reach::unreachable},
    });
}

TEST(ReadConnection, KnowsOldOpenBsdNetcat) {
    expect_all({
        {"open", "0 nc", "Connection to diego-api-set 8889 port [tcp/*] succeeded!", Reach::connected},
        {"refused", "1 nc", "nc: connect to diego-api port 8889 (tcp) failed: Connection refused",
         Reach::refused},
        {"silent, as the runbook prints it", "1 nc",
         "nc: connect to diego-api.cf.svc.cluster.local port 8889 (tcp) failed: Connection timed out",
         Reach::timed_out},
        {"name unknown", "1 nc", "nc: getaddrinfo: Name or service not known", Reach::name_unknown},
    });
}

TEST(ReadConnection, KnowsTraditionalNetcat) {
    expect_all({
        {"open", "0 nc", "localhost [127.0.0.1] 18889 (?) open", Reach::connected},
        {"refused", "1 nc", "localhost [127.0.0.1] 18888 (?) : Connection refused", Reach::refused},
        {"silent", "1 nc", "localhost [127.0.0.1] 18890 (?) : Connection timed out", Reach::timed_out},
        {"name unknown", "1 nc", "nosuch.invalid: forward host lookup failed: Unknown host",
         Reach::name_unknown},
        {"resolver silent", "1 nc", "db.invalid: forward host lookup failed: Host name lookup failure",
         Reach::lookup_failed},
        {"reverse lookup fails, and it is refused", "1 nc",
         "10.0.0.1: inverse host lookup failed: Unknown host\n(UNKNOWN) [10.0.0.1] 8889 (?) : Connection "
         "refused",
         Reach::refused},
        {"reverse lookup fails, and it is not allowed", "1 nc",
         "10.0.0.1: inverse host lookup failed: Host name lookup failure\n"
         "(UNKNOWN) [10.0.0.1] 8889 (?) : Operation not permitted",
         Reach::failed},
    });
}

TEST(ReadConnection, KnowsNcat) {
    expect_all({
        {"open", "0 nc",
         "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 127.0.0.1:18889.\n"
         "Ncat: 0 bytes sent, 0 bytes received in 0.05 seconds.",
         Reach::connected},
        {"refused", "1 nc", "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connection refused.",
         Reach::refused},
        {"silent", "1 nc", "Ncat: TIMEOUT.", Reach::timed_out},
        {"not allowed", "1 nc", "Ncat: Operation not permitted.", Reach::failed},
        {"name unknown", "2 nc",
         "Ncat: Could not resolve hostname \"nosuch.invalid\": Name or service not known. QUITTING.",
         Reach::name_unknown},
        {"name unknown, in other words", "2 nc", "Ncat: Could not resolve hostname \"a\": QUITTING.",
         Reach::name_unknown},
        {"resolver silent", "2 nc",
         "Ncat: Could not resolve hostname \"a\": Temporary failure in name resolution. QUITTING.",
         Reach::lookup_failed},
    });
}

TEST(ReadConnection, KnowsBusybox) {
    expect_all({
        {"small, open", "0 nc", "", Reach::connected},
        {"small, refused", "1 nc", "nc: can't connect to remote host (127.0.0.1): Connection refused",
         Reach::refused},
        {"small, silent", "1 nc", "nc: timed out", Reach::timed_out},
        {"small, name unknown", "1 nc", "nc: bad address 'nosuch.invalid'", Reach::name_unknown},
        {"bloaty, open", "0 nc", "diego-api (10.0.0.1:8889) open", Reach::connected},
        {"bloaty, refused", "1 nc", "nc: diego-api (10.0.0.1:8889): Connection refused", Reach::refused},
        {"small, not allowed", "1 nc", "nc: can't connect to remote host (10.0.0.1): Operation not permitted",
         Reach::failed},
        {"bloaty, reset", "1 nc", "nc: diego-api (10.0.0.1:8889): Connection reset by peer", Reach::failed},
        {"bloaty, silent", "1 nc", "nc: timeout", Reach::timed_out},
        {"bloaty, silent, as the kernel says it", "1 nc",
         "nc: diego-api (10.0.0.1:8889): Operation timed out", Reach::timed_out},
        {"bloaty, name unknown", "1 nc", "nc: bad address 'diego-api'", Reach::name_unknown},
        {"musl's resolver, unknown", "1 nc", "nc: getaddrinfo: Name does not resolve", Reach::name_unknown},
        {"musl's resolver, silent", "1 nc", "nc: getaddrinfo: Try again", Reach::lookup_failed},
    });
}

TEST(ReadConnection, KnowsBash) {
    expect_all({
        {"open", "0 bash", "", Reach::connected},
        {"refused", "1 bash", "bash: connect: Connection refused", Reach::refused},
        {"refused, second line", "1 bash",
         "diego-api: connect: Connection refused\ndiego-api: line 1: /dev/tcp/diego-api/8889: Connection "
         "refused",
         Reach::refused},
        {"silent until the kernel gives up", "1 bash",
         "H: connect: Connection timed out\nH: line 1: /dev/tcp/H/8889: Connection timed out",
         Reach::timed_out},
        {"killed", "137 bash", "", Reach::timed_out},
        {"name unknown", "1 bash",
         "bash: line 1: nosuch.invalid: Name or service not known\n"
         "bash: line 1: /dev/tcp/nosuch.invalid/8889: Invalid argument",
         Reach::name_unknown},
        {"resolver silent", "1 bash",
         "bash: line 1: H: Temporary failure in name resolution\nbash: line 1: /dev/tcp/H/8889: Invalid "
         "argument",
         Reach::lookup_failed},
        {"resolver fails in words that nobody has heard of", "1 bash",
         "bash: H: Non-recoverable failure in name resolution\nbash: /dev/tcp/H/8889: Invalid argument",
         Reach::lookup_failed},
        {"no route", "1 bash", "bash: connect: No route to host", Reach::unreachable},
        {"not allowed", "1 bash",
         "H: connect: Operation not permitted\nH: line 1: /dev/tcp/H/8889: Operation not permitted",
         Reach::failed},
        {"not allowed, in the name look-up's last word", "1 bash",
         "H: connect: Invalid argument\nH: line 1: /dev/tcp/H/8889: Invalid argument", Reach::failed},
        {"no network devices built in", "1 bash", "H: line 1: /dev/tcp/H/8889: No such file or directory",
         Reach::could_not_ask},
    });
}

TEST(ReadConnection, TakesNoToolForNoAnswer) {
    expect_all({
        {"nothing there", "127 bash", "sh: 1: bash: not found", Reach::could_not_ask},
        {"nothing there, silently", "127 bash", "", Reach::could_not_ask},
        {"not executable", "126 bash", "sh: 1: bash: Permission denied", Reach::could_not_ask},
        {"nc missing", "127 nc", "sh: nc: not found", Reach::could_not_ask},
        {"nc not executable", "126 nc", "sh: nc: Permission denied", Reach::could_not_ask},
        {"nc without -z", "1 nc", "nc: invalid option -- 'z'", Reach::could_not_ask},
        {"a dash for a shell", "2 bash", "sh: 1: cannot create /dev/tcp/H/8889: Directory nonexistent",
         Reach::could_not_ask},
        {"failed and said nothing", "1 nc", "", Reach::could_not_ask},
        {"failed and said something that is no reason", "1 nc", "odd", Reach::could_not_ask},
        {"failed in a way that no nc fails", "3 nc", "nc: x failed: y", Reach::could_not_ask},
        {"nc killed: the connection has a limit of its own, so this was the name", "137 nc", "",
         Reach::lookup_failed},
        {"no tool named", "0", "", Reach::could_not_ask},
        {"an unknown tool", "0 telnet", "Connected to H.", Reach::could_not_ask},
        {"nothing at all", "", "", Reach::could_not_ask},
        {"no exit status", " nc", "", Reach::could_not_ask},
        {"no shell's exit status", "00 nc", "", Reach::could_not_ask},
    });
}

TEST(ReadConnection, SurvivesBytesThatAreNoText) {
    expect_all({
        {"not UTF-8", "1 nc", "nc: \xff\xfe\x80: Connection refused", Reach::refused},
        {"not UTF-8, and unheard of", "1 nc", "\xc3\x28\xf0\x9f", Reach::could_not_ask},
        {"NUL", "1 nc", "nc\0: timed out"sv, Reach::timed_out},
        {"escapes", "1 nc", "\x1b[31mnc: Connection refused\x1b[0m", Reach::refused},
        {"carriage returns", "1 nc", "nc: x\r\nnc: Connection refused\r\n", Reach::refused},
    });
    for (const char letter : read_connection("1 nc", "\x1b[31m\xff\x07 refused").text)
        EXPECT_TRUE(letter >= ' ' && letter <= '~') << static_cast<int>(letter);
}

TEST(ReadConnection, TakesUsageForNoAnswer) {
    expect_all({{"usage", "1 nc", busybox_usage, Reach::could_not_ask}});
}

TEST(ReadConnection, KnowsTheExitStatusOfTimeout) {
    expect_all({{"bash", "124 bash", "", Reach::timed_out}});
}

TEST(ReadConnection, KeepsTheLastLine) {
    EXPECT_EQ(read_connection("1 nc", "first\n\nnc: Connection refused\n\n").text, "nc: Connection refused");
    EXPECT_EQ(read_connection("0 nc", "").text, "");
    EXPECT_EQ(read_connection("7 nc", "").text, "the tool ended with status 7 and said nothing");
    EXPECT_EQ(read_connection("127 bash", "sh: bash: not found").text,
              "the container has neither a usable nc nor bash");
}

TEST(Reach, HasAWordForEach) {
    const std::vector<std::pair<Reach, std::string_view>> table{
        {Reach::connected, "connected"},
        {Reach::refused, "refused"},
        {Reach::timed_out, "timed out"},
        {Reach::name_unknown, "name unknown"},
        {Reach::lookup_failed, "name look-up failed"},
        {Reach::unreachable, "unreachable"},
        {Reach::failed, "failed"},
        {Reach::could_not_ask, "could not ask"},
    };
    for (const auto& [reach, words] : table) EXPECT_EQ(to_words(reach), words);
    EXPECT_EQ((Connection{Reach::refused, "x"}.words()), "refused");
    EXPECT_EQ((Connection{Reach::failed, "x"}.words()), "failed (x)");
}

struct AddressRow {
    std::string_view text;
    std::string_view host;  ///< empty: no address
    int port = 0;
};

TEST(ParseAddress, TakesHostsAndPortsOnly) {
    const std::vector<AddressRow> table{
        {"diego-api", "diego-api", 8889},
        {"diego-api.cf.svc.cluster.local", "diego-api.cf.svc.cluster.local", 8889},
        {"diego-api:1", "diego-api", 1},
        {"diego-api:8889", "diego-api", 8889},
        {"DIEGO-Api:65535", "DIEGO-Api", 65535},
        {"10.0.0.1:5432", "10.0.0.1", 5432},
        {"a-", "a-", 8889},
        {"", ""},
        {":", ""},
        {":8889", ""},
        {"host:", ""},
        {"host:0", ""},
        {"host:00000", ""},
        {"host:65536", ""},
        {"host:99999", ""},
        {"host:100000", ""},
        {"host:4294976185", ""},
        {"host:99999999999999999999", ""},
        {"host:-1", ""},
        {"host:+1", ""},
        {"host: 1", ""},
        {"host:1 ", ""},
        {"host:1x", ""},
        {"host:0x1", ""},
        {"host:http", ""},
        {"host:1:2", ""},
        {"host:\xd9\xa1", ""},
        {"-h", ""},
        {"-h:8889", ""},
        {"--help", ""},
        {" host", ""},
        {"host ", ""},
        {"ho st", ""},
        {"host\n", ""},
        {"host\0"sv, ""},
        {"host;reboot", ""},
        {"$(reboot)", ""},
        {"`reboot`:8889", ""},
        {"'host'", ""},
        {"host/path", ""},
        {"https://host:8889", ""},
        {"user@host", ""},
        {"under_score", ""},
        {"::1", ""},
        {"fe80::1", ""},
        {"[::1]:8889", ""},
        {"m\xc3\xbcnchen", ""},
        {"\xff", ""},
    };
    for (const AddressRow& row : table) {
        SCOPED_TRACE(row.text);
        const Address address = parse_address(row.text, 8889);
        EXPECT_EQ(address.host, row.host);
        EXPECT_EQ(address.port, row.port);
        EXPECT_EQ(address.is_known(), !row.host.empty());
    }
    EXPECT_EQ((Address{"a", 1}).text(), "a:1");
}

constexpr std::string_view whole_probe =
    "\n<cfee:address configuration>\ndiego-api-bbs.cf.svc.cluster.local:8889\n</cfee>\n"
    "\n<cfee:probe 0 nc>\nConnection to diego-api-bbs 8889 port [tcp/*] succeeded!\n</cfee>\n";

TEST(ReadProbe, ReadsAWholeAnswer) {
    const Probe probe = read_probe("api-0", whole_probe);
    EXPECT_EQ(probe.pod, "api-0");
    EXPECT_EQ(probe.address.text(), "diego-api-bbs.cf.svc.cluster.local:8889");
    EXPECT_EQ(probe.source, AddressSource::configuration);
    EXPECT_TRUE(probe.connection.is_open());
}

TEST(ReadProbe, SaysWhereTheAddressCameFrom) {
    const std::vector<std::pair<std::string, AddressSource>> table{
        {"configuration", AddressSource::configuration},
        {"service", AddressSource::service},
        {"override", AddressSource::given},
    };
    for (const auto& [word, source] : table) {
        const Probe probe = read_probe(
            "api-0", "\n<cfee:address " + word + ">\nh:1\n</cfee>\n\n<cfee:probe 1 nc>\nrefused\n</cfee>\n");
        EXPECT_EQ(probe.source, source) << word;
    }
}

// Whatever is cut off, the answer is never a success that was not there.
TEST(ReadProbe, ConcludesNothingFromAPartOfAnAnswer) {
    const std::size_t end = whole_probe.rfind("\n</cfee>") + std::string_view("\n</cfee>").size();
    for (std::size_t size = 0; size < end; ++size) {
        const Probe probe = read_probe("api-0", whole_probe.substr(0, size));
        EXPECT_FALSE(probe.connection.was_asked()) << size;
        EXPECT_FALSE(probe.trouble.text.empty()) << size;
        EXPECT_EQ(probe.trouble.kind, Trouble::Kind::garbled) << size;
    }
    EXPECT_TRUE(read_probe("api-0", whole_probe.substr(0, end)).connection.is_open());
}

struct ProbeRow {
    std::string_view name;
    std::string output;
    Reach reach;
    Trouble::Kind trouble;  ///< only where it could not be asked
};

TEST(ReadProbe, TellsWhyNothingIsKnown) {
    const std::string address = "\n<cfee:address configuration>\nh:8889\n</cfee>\n";
    const std::vector<ProbeRow> table{
        {"empty", "", Reach::could_not_ask, Trouble::Kind::garbled},
        {"noise only", "Defaulted container \"api\" out of: api\n", Reach::could_not_ask,
         Trouble::Kind::garbled},
        {"binary", std::string("\0\xff\x1b\0<cfee:\n", 11), Reach::could_not_ask, Trouble::Kind::garbled},
        {"no probe", address, Reach::could_not_ask, Trouble::Kind::garbled},
        {"no address", "\n<cfee:address service>\n\n</cfee>\n", Reach::could_not_ask,
         Trouble::Kind::not_found},
        {"address that is none",
         "\n<cfee:address configuration>\n$(x)\n</cfee>\n\n<cfee:probe 0 nc>\n</cfee>", Reach::could_not_ask,
         Trouble::Kind::not_found},
        {"success of something without an address", "\n<cfee:probe 0 nc>\nsucceeded!\n</cfee>\n",
         Reach::could_not_ask, Trouble::Kind::garbled},
        {"no tool", address + "\n<cfee:probe 127 bash>\nbash: not found\n</cfee>\n", Reach::could_not_ask,
         Trouble::Kind::no_program},
        {"sentinel inside a line", address + "x<cfee:probe 0 nc>\nsucceeded!\n</cfee>\n",
         Reach::could_not_ask, Trouble::Kind::garbled},
        {"refused", address + "\n<cfee:probe 1 nc>\nnc: Connection refused\n</cfee>\n", Reach::refused,
         Trouble::Kind::other},
        {"noise around", "W: x\n" + address + "noise\n\n<cfee:probe 0 nc>\n\n</cfee>\nmore\n",
         Reach::connected, Trouble::Kind::other},
        {"no newline before the first", address.substr(1) + "\n<cfee:probe 0 nc>\n\n</cfee>\n",
         Reach::connected, Trouble::Kind::other},
        {"repeated: none counts",
         address + "\n<cfee:probe 0 nc>\n\n</cfee>\n\n<cfee:probe 1 nc>\nConnection refused\n</cfee>\n",
         Reach::could_not_ask, Trouble::Kind::garbled},
    };
    for (const ProbeRow& row : table) {
        SCOPED_TRACE(row.name);
        const Probe probe = read_probe("api-0", row.output);
        EXPECT_EQ(to_words(probe.connection.reach), to_words(row.reach));
        if (row.reach == Reach::could_not_ask) {
            EXPECT_EQ(probe.trouble.kind, row.trouble);
            EXPECT_FALSE(probe.trouble.text.empty());
        }
    }
}

}  // namespace

}  // namespace cfee
