#include "plugin/options.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/option_entries.hpp"

namespace cfee {

namespace {

using Words = std::vector<std::string>;
using namespace std::chrono_literals;

/// The command and some flags: what that command is told.
template <typename Of>
Of told(const std::string& command, Words flags, const Surroundings& surroundings = {}) {
    flags.insert(flags.begin(), command);
    return std::get<Of>(parse_options(flags, surroundings).command);
}

DiagnoseOptions diagnose_with(const Words& flags, const std::string& kubectl_path = "") {
    return told<DiagnoseOptions>("diagnose", flags, {kubectl_path});
}

HealOptions heal_with(const Words& flags) {
    return told<HealOptions>("heal", flags);
}

ColourChoice colour_with(Words flags) {
    flags.insert(flags.begin(), "diagnose");
    return parse_options(flags, {}).colour;
}

std::optional<UsageError> refusal_of(const Words& words) {
    try {
        static_cast<void>(parse_options(words, {}));
    } catch (const UsageError& error) {
        return error;
    }
    return std::nullopt;
}

TEST(ParseOptions, HasDefaults) {
    const DiagnoseOptions options = diagnose_with({});
    EXPECT_EQ(colour_with({}), ColourChoice::automatic);
    EXPECT_EQ(options.format, OutputFormat::text);
    EXPECT_FALSE(options.is_verbose);
    EXPECT_EQ(options.record, "");
    EXPECT_EQ(options.replay, "");
    EXPECT_FALSE(options.look_number);
    EXPECT_EQ(options.look.kubectl.program, "kubectl");
    EXPECT_EQ(options.look.kubectl.name_space, "cf");
    EXPECT_TRUE(options.look.kubectl.global_flags.empty());
    EXPECT_FALSE(options.look.address.is_known());
    EXPECT_EQ(options.look.probe_timeout, 5s);
}

TEST(ParseOptions, HasDefaultsForHeal) {
    const HealOptions options = told<HealOptions>("heal", {}, {.kubectl_path = "/k", .state_home = "/s"});
    EXPECT_EQ(options.grace, 60s);
    EXPECT_EQ(options.timeout, 15min);
    EXPECT_EQ(options.settle, 10s);
    EXPECT_EQ(options.dry_run, DryRun::none);
    EXPECT_EQ(options.force, Force::no);
    EXPECT_FALSE(options.is_agreed);
    EXPECT_EQ(options.digest, "");
    EXPECT_TRUE(options.may_ask);
    EXPECT_TRUE(options.wants_evidence);
    EXPECT_EQ(options.evidence, "");
    EXPECT_EQ(options.replay, "");
    EXPECT_EQ(options.state_home, "/s");
    EXPECT_EQ(options.look.kubectl.program, "/k");
}

TEST(ParseOptions, TellsHealWhatIsTyped) {
    const HealOptions options = heal_with(
        {"-y", "--confirm=d", "--no-input", "--dry-run=server", "--grace=2m", "--timeout=1h", "--settle=0",
         "--force", "--evidence=e", "--replay=r", "-n", "scf", "-ojson", "-v", "--context=c"});
    EXPECT_TRUE(options.is_agreed);
    EXPECT_EQ(options.digest, "d");
    EXPECT_FALSE(options.may_ask);
    EXPECT_EQ(options.dry_run, DryRun::server);
    EXPECT_EQ(options.grace, 2min);
    EXPECT_EQ(options.timeout, 1h);
    EXPECT_EQ(options.settle, 0s);
    EXPECT_EQ(options.force, Force::yes);
    EXPECT_EQ(options.evidence, "e");
    EXPECT_EQ(options.replay, "r");
    EXPECT_EQ(options.look.kubectl.name_space, "scf");
    EXPECT_EQ(options.look.kubectl.global_flags, (Words{"--context=c"}));
    EXPECT_EQ(options.format, OutputFormat::json);
    EXPECT_TRUE(options.is_verbose);
    EXPECT_FALSE(heal_with({"--no-evidence"}).wants_evidence);
    EXPECT_TRUE(heal_with({"--no-evidence=false", "--evidence=e"}).wants_evidence);
    EXPECT_EQ(heal_with({"--dry-run"}).dry_run, DryRun::client);
}

TEST(ParseOptions, TellsEvidenceWhereAndHowToLook) {
    const auto options = told<EvidenceOptions>(
        "evidence", {"--evidence=e", "-n=scf", "-o=json", "-v", "--probe-timeout=2s"}, {"/k", "/s"});
    EXPECT_EQ(options.evidence, "e");
    EXPECT_EQ(options.state_home, "/s");
    EXPECT_EQ(options.look.kubectl.program, "/k");
    EXPECT_EQ(options.look.kubectl.name_space, "scf");
    EXPECT_EQ(options.look.probe_timeout, 2s);
    EXPECT_EQ(options.format, OutputFormat::json);
    EXPECT_TRUE(options.is_verbose);
}

// A row's default goes through its own setter, for every command that takes it.
TEST(OptionEntries, HaveDefaultsThatCanBeTyped) {
    for (const CommandEntry& command : command_entries()) {
        for (const OptionEntry& option : option_entries()) {
            if (option.standard.empty() || !takes(command, option)) continue;
            const std::string flag = "--" + std::string(option.name) + "=" + std::string(option.standard);
            EXPECT_NO_THROW(static_cast<void>(parse_options({std::string(command.word), flag}, {}))) << flag;
        }
    }
}

struct CommandRow {
    Words words;
    std::string command;
    std::string topic;
};

TEST(ParseOptions, KnowsCommands) {
    const std::vector<CommandRow> table{
        {{"diagnose"}, "diagnose"},
        {{"heal"}, "heal"},
        {{"evidence"}, "evidence"},
        {{"heal", "-h"}, "help", "heal"},
        {{"version"}, "version"},
        {{"--version"}, "version"},
        {{"-V"}, "version"},
        {{"diagnose", "--version"}, "version"},
        {{"help"}, "help"},
        {{"help", "diagnose"}, "help", "diagnose"},
        {{"help", "version"}, "help", "version"},
        {{"help", "help"}, "help", "help"},
        {{"-h"}, "help"},
        {{"--help"}, "help"},
        {{"-h", "diagnose"}, "help", "diagnose"},
        {{"diagnose", "-h"}, "help", "diagnose"},
        {{"diagnose", "-n", "scf", "-h", "-o", "json"}, "help", "diagnose"},
        {{"version", "--help"}, "help", "version"},
        {{"help", "diagnose", "-h"}, "help", "diagnose"},
        {{"diagnose", "-h", "--look", "1"}, "help", "diagnose"},
        {{"diagnose", "-h", "--probe-timeout", "nonsense"}, "help", "diagnose"},
        {{"diagnose", "-vh"}, "help", "diagnose"},
        {{"-n", "scf", "diagnose"}, "diagnose"},
        {{"-v", "diagnose"}, "diagnose"},
        {{"--", "diagnose"}, "diagnose"},
        {{"diagnose", "--"}, "diagnose"},
    };
    for (const CommandRow& row : table) {
        SCOPED_TRACE(::testing::PrintToString(row.words));
        const Options options = parse_options(row.words, {});
        EXPECT_EQ(entry_of(options.command).word, row.command);
        const auto* const help = std::get_if<HelpOptions>(&options.command);
        EXPECT_EQ(help == nullptr || help->topic == nullptr ? "" : help->topic->word, row.topic);
    }
}

struct TextRow {
    Words flags;
    std::string value;
};

TEST(ParseOptions, TakesTheNamespaceInEveryForm) {
    const std::vector<TextRow> table{
        {{"-n", "scf"}, "scf"},
        {{"-nscf"}, "scf"},
        {{"-n=scf"}, "scf"},
        {{"-vn=scf"}, "scf"},
        {{"-vnscf"}, "scf"},
        {{"-vn", "scf"}, "scf"},
        {{"--namespace", "scf"}, "scf"},
        {{"--namespace=scf"}, "scf"},
        {{"-n", "a", "--namespace", "b"}, "b"},
        {{"-n", "0"}, "0"},
        {{"-n", "a-b"}, "a-b"},
        {{"-n", std::string(63, 'x')}, std::string(63, 'x')},
    };
    for (const TextRow& row : table) {
        EXPECT_EQ(diagnose_with(row.flags).look.kubectl.name_space, row.value)
            << ::testing::PrintToString(row.flags);
    }
}

TEST(ParseOptions, TakesTheFormatInEveryForm) {
    for (const Words& flags :
         {Words{"-o", "json"}, Words{"-ojson"}, Words{"-o=json"}, Words{"-vo=json"},
          Words{"--output", "json"}, Words{"--output=json"}, Words{"-o", "text", "-o", "json"}})
        EXPECT_EQ(diagnose_with(flags).format, OutputFormat::json) << ::testing::PrintToString(flags);
    for (const Words& flags : {Words{"-o", "text"}, Words{"-otext"}, Words{"-o", "json", "--output=text"}})
        EXPECT_EQ(diagnose_with(flags).format, OutputFormat::text) << ::testing::PrintToString(flags);
}

TEST(ParseOptions, ChoosesColour) {
    const std::vector<std::pair<Words, ColourChoice>> table{
        {{"--color=always"}, ColourChoice::always},
        {{"--color", "never"}, ColourChoice::never},
        {{"--color=auto"}, ColourChoice::automatic},
        {{"--no-color"}, ColourChoice::never},
        {{"--color=always", "--no-color"}, ColourChoice::always},
        {{"--color=never", "--color=always"}, ColourChoice::always},
    };
    for (const auto& [flags, choice] : table)
        EXPECT_EQ(colour_with(flags), choice) << ::testing::PrintToString(flags);
    EXPECT_EQ(parse_options({"--color=always", "version"}, {}).colour, ColourChoice::always);
    EXPECT_EQ(parse_options({"--color=always", "-h"}, {}).colour, ColourChoice::always);
}

TEST(ParseOptions, TakesAnAddress) {
    const std::vector<TextRow> table{{{"--address", "h"}, "h:8889"},
                                     {{"--address=h:1"}, "h:1"},
                                     {{"--address", "10.0.0.1:65535"}, "10.0.0.1:65535"}};
    for (const TextRow& row : table) EXPECT_EQ(diagnose_with(row.flags).look.address.text(), row.value);
}

TEST(ParseOptions, TakesWholeSecondsForAProbe) {
    const std::vector<std::pair<std::string, std::chrono::seconds>> table{
        {"2s", 2s}, {"5s", 5s}, {"1m", 60s}, {"1m30s", 90s}, {"5m", 300s}, {"300s", 300s}, {"2000ms", 2s}};
    for (const auto& [text, seconds] : table)
        EXPECT_EQ(diagnose_with({"--probe-timeout", text}).look.probe_timeout, seconds) << text;
}

TEST(ParseOptions, FindsKubectl) {
    EXPECT_EQ(diagnose_with({}, "/env/kubectl").look.kubectl.program, "/env/kubectl");
    EXPECT_EQ(diagnose_with({"--kubectl", "/own"}, "/env/kubectl").look.kubectl.program, "/own");
    EXPECT_EQ(diagnose_with({"--kubectl=k"}).look.kubectl.program, "k");
    EXPECT_TRUE(diagnose_with({"--kubectl=k"}).look.kubectl.global_flags.empty()) << "it is not passed on";
}

TEST(ParseOptions, TakesTranscripts) {
    EXPECT_EQ(diagnose_with({"--record", "a b"}).record, "a b");
    EXPECT_EQ(diagnose_with({"--replay=f"}).replay, "f");
    EXPECT_EQ(diagnose_with({"--replay=f", "--look", "1"}).look_number, 1);
    EXPECT_EQ(diagnose_with({"--look=999999", "--replay=f"}).look_number, 999999);
    EXPECT_EQ(diagnose_with({"--look=007", "--replay=f"}).look_number, 7);
    EXPECT_TRUE(diagnose_with({"-v"}).is_verbose);
    EXPECT_TRUE(diagnose_with({"--verbose"}).is_verbose);
    EXPECT_FALSE(diagnose_with({"--verbose=false"}).is_verbose);
}

struct PassedRow {
    Words flags;
    Words passed;
};

TEST(ParseOptions, PassesKubectlsFlagsOn) {
    const std::vector<PassedRow> table{
        {{"--context", "prod"}, {"--context=prod"}},
        {{"--context=prod"}, {"--context=prod"}},
        {{"--kubeconfig", "/a b"}, {"--kubeconfig=/a b"}},
        {{"--cluster=c", "--user=u"}, {"--cluster=c", "--user=u"}},
        {{"-s", "https://h:1"}, {"--server=https://h:1"}},
        {{"-shttps://h:1"}, {"--server=https://h:1"}},
        {{"-s=https://h/?a=b"}, {"--server=https://h/?a=b"}},
        {{"--context", "-n=x"}, {"--context=-n=x"}},
        {{"--context", "--"}, {"--context=--"}},
        {{"--context="}, {"--context="}},
        {{"--context=a\nb", "--user", "c\nd"}, {"--context=a\nb", "--user=c\nd"}},
        {{"--token", std::string(200'000, 't')}, {"--token=" + std::string(200'000, 't')}},
        {{"--server", "https://h"}, {"--server=https://h"}},
        {{"--token", "t=="}, {"--token=t=="}},
        {{"--token=a=b"}, {"--token=a=b"}},
        {{"--as=u", "--as-uid=1"}, {"--as=u", "--as-uid=1"}},
        {{"--as-group", "a,b", "--as-group=c"}, {"--as-group=a,b", "--as-group=c"}},
        {{"--certificate-authority=ca", "--client-certificate=c", "--client-key=k"},
         {"--certificate-authority=ca", "--client-certificate=c", "--client-key=k"}},
        {{"--insecure-skip-tls-verify"}, {"--insecure-skip-tls-verify=true"}},
        {{"--insecure-skip-tls-verify=true"}, {"--insecure-skip-tls-verify=true"}},
        {{"--insecure-skip-tls-verify=false"}, {"--insecure-skip-tls-verify=false"}},
        {{"--tls-server-name=n", "--request-timeout=5s", "--cache-dir=d"},
         {"--tls-server-name=n", "--request-timeout=5s", "--cache-dir=d"}},
        {{"--context", "-odd"}, {"--context=-odd"}},
    };
    for (const PassedRow& row : table) {
        EXPECT_EQ(diagnose_with(row.flags).look.kubectl.global_flags, row.passed)
            << ::testing::PrintToString(row.flags);
    }
}

TEST(ParseOptions, PassesOnEveryFlagOfKubectl) {
    for (const OptionEntry& option : option_entries()) {
        if (option.section != OptionEntry::Section::kubectl || option.name == "kubectl") continue;
        const std::string flag = "--" + std::string(option.name);
        const bool is_switch = option.argument.empty();
        EXPECT_EQ(diagnose_with({is_switch ? flag : flag + "=value"}).look.kubectl.global_flags,
                  (Words{flag + (is_switch ? "=true" : "=value")}));
    }
}

struct RefusalRow {
    Words words;
    std::string message;
};

void expect_refused(const std::vector<RefusalRow>& table) {
    for (const RefusalRow& row : table) {
        SCOPED_TRACE(::testing::PrintToString(row.words));
        const std::optional<UsageError> error = refusal_of(row.words);
        ASSERT_TRUE(error);
        EXPECT_EQ(error->message, row.message);
    }
}

TEST(ParseOptions, RefusesCommandsItDoesNotKnow) {
    expect_refused({
        {{}, "no command; try diagnose, or help"},
        {{"-n", "cf"}, "no command; try diagnose, or help"},
        {{"--"}, "no command; try diagnose, or help"},
        {{"diagnos"}, "unknown command \"diagnos\"; did you mean diagnose?"},
        {{"diag"}, "unknown command \"diag\"; did you mean diagnose?"},
        {{"Version"}, "unknown command \"Version\"; did you mean version?"},
        {{"frobnicate"}, "unknown command \"frobnicate\""},
        {{""}, "unknown command \"\""},
        {{"help", "diagnoze"}, "unknown command \"diagnoze\"; did you mean diagnose?"},
        {{"help", "nothing-like-it"}, "unknown command \"nothing-like-it\""},
        {{"diagnose", "diagnose"}, "unexpected argument \"diagnose\""},
        {{"diagnose", "api-0"}, "unexpected argument \"api-0\""},
        {{"diagnose", ""}, "unexpected argument \"\""},
        {{"diagnose", "--", "x"}, "unexpected argument \"x\""},
        {{"version", "1"}, "unexpected argument \"1\""},
        {{"help", "diagnose", "version"}, "unexpected argument \"version\""},
        {{"-h", "frobnicate"}, "unknown command \"frobnicate\""},
    });
}

TEST(ParseOptions, RefusesFlagsItDoesNotKnow) {
    expect_refused({
        {{"diagnose", "--namespce=cf"}, "unknown flag --namespce; did you mean --namespace?"},
        {{"diagnose", "--namespce", "cf"}, "unknown flag --namespce; did you mean --namespace?"},
        {{"diagnose", "--colour=always"}, "unknown flag --colour; did you mean --color?"},
        {{"diagnose", "--contex", "prod"}, "unknown flag --contex; did you mean --context?"},
        {{"--halp"}, "unknown flag --halp; did you mean --help?"},
        {{"diagnose", "--frobnicate"}, "unknown flag --frobnicate"},
        {{"diagnose", "--password=x"}, "unknown flag --password"},
        {{"diagnose", "--token-file=hunter2"}, "unknown flag --token-file"},
        {{"diagnose", "-x"}, "unknown flag -x"},
        {{"diagnose", "-x=5"}, "unknown flag -x"},
        {{"diagnose", "-vx"}, "unknown flag -x"},
        {{"diagnose", "-v="}, "unknown flag -="},
        {{"diagnose", "-\xc3\xa9"}, "unknown flag -\xc3\xa9"},
        {{"diagnose", "---x"}, "unknown flag ---x"},
        {{"diagnose", "--=x"}, "unknown flag --"},
        {{"diagnose", "--words=x"}, "unknown flag --words"},
        {{"diagnose", "--a b"}, "unknown flag --a b"},
    });
}

TEST(ParseOptions, RefusesValuesThatMakeNoSense) {
    expect_refused({
        {{"diagnose", "-n"}, "--namespace needs a value (NAMESPACE)"},
        {{"diagnose", "--namespace"}, "--namespace needs a value (NAMESPACE)"},
        {{"diagnose", "-o"}, "--output needs a value (FORMAT)"},
        {{"diagnose", "--context"}, "--context needs a value (NAME)"},
        {{"diagnose", "--replay"}, "--replay needs a value (FILE)"},
        {{"diagnose", "--record="}, "--record needs a value (FILE)"},
        {{"diagnose", "--replay="}, "--replay needs a value (FILE)"},
        {{"diagnose", "--replay", ""}, "--replay needs a value (FILE)"},
        {{"diagnose", "--kubectl="}, "--kubectl needs a value (PATH)"},
        {{"diagnose", "-vn"}, "--namespace needs a value (NAMESPACE)"},
        {{"diagnose", "-n="}, "\"=\" cannot be the name of a namespace"},
        {{"diagnose", "-n=CF"}, "\"CF\" cannot be the name of a namespace"},
        {{"diagnose", "-o=yaml"}, "unknown output format \"yaml\": text or json"},
        {{"diagnose", "-n", ""}, "\"\" cannot be the name of a namespace"},
        {{"diagnose", "--namespace="}, "\"\" cannot be the name of a namespace"},
        {{"diagnose", "-n", "CF"}, "\"CF\" cannot be the name of a namespace"},
        {{"diagnose", "-n", "-cf"}, "\"-cf\" cannot be the name of a namespace"},
        {{"diagnose", "-n", "cf-"}, "\"cf-\" cannot be the name of a namespace"},
        {{"diagnose", "-n", "a.b"}, "\"a.b\" cannot be the name of a namespace"},
        {{"diagnose", "-n", "a b"}, "\"a b\" cannot be the name of a namespace"},
        {{"diagnose", "-n", std::string(64, 'x')},
         "\"" + std::string(64, 'x') + "\" cannot be the name of a namespace"},
        {{"diagnose", "-o", "yaml"}, "unknown output format \"yaml\": text or json"},
        {{"diagnose", "-o", "JSON"}, "unknown output format \"JSON\": text or json"},
        {{"diagnose", "-o", ""}, "unknown output format \"\": text or json"},
        {{"diagnose", "--color=blue"}, "unknown value \"blue\" for --color: always, never or auto"},
        {{"diagnose", "--color="}, "unknown value \"\" for --color: always, never or auto"},
        {{"diagnose", "--address="}, "--address is no HOST or HOST:PORT: \"\""},
        {{"diagnose", "--address", "h:0"}, "--address is no HOST or HOST:PORT: \"h:0\""},
        {{"diagnose", "--address", "h:65536"}, "--address is no HOST or HOST:PORT: \"h:65536\""},
        {{"diagnose", "--address", "-h"}, "--address is no HOST or HOST:PORT: \"-h\""},
        {{"diagnose", "--address", "[::1]:8889"}, "--address is no HOST or HOST:PORT: \"[::1]:8889\""},
        {{"diagnose", "--address", "$(x)"}, "--address is no HOST or HOST:PORT: \"$(x)\""},
        {{"diagnose", "--probe-timeout", "5"},
         "--probe-timeout is no duration: \"5\" (write it as 5s or 1m)"},
        {{"diagnose", "--probe-timeout="}, "--probe-timeout is no duration: \"\" (write it as 5s or 1m)"},
        {{"diagnose", "--probe-timeout", "-5s"},
         "--probe-timeout is no duration: \"-5s\" (write it as 5s or 1m)"},
        {{"diagnose", "--probe-timeout", "1999ms"},
         "--probe-timeout must be whole seconds from 2s to 5m, not 1999ms"},
        {{"diagnose", "--probe-timeout", "2001ms"},
         "--probe-timeout must be whole seconds from 2s to 5m, not 2001ms"},
        {{"diagnose", "--probe-timeout", "1s"},
         "--probe-timeout must be whole seconds from 2s to 5m, not 1s"},
        {{"diagnose", "--probe-timeout", "0"}, "--probe-timeout must be whole seconds from 2s to 5m, not 0"},
        {{"diagnose", "--probe-timeout", "5m1s"},
         "--probe-timeout must be whole seconds from 2s to 5m, not 5m1s"},
        {{"diagnose", "--record=a", "--replay=b"}, "--record and --replay cannot be had together"},
        {{"diagnose", "--look", "1"}, "--look goes with --replay"},
        {{"diagnose", "--look", "1", "--record=a"}, "--look goes with --replay"},
        {{"diagnose", "--replay=f", "--look", "0"}, "--look must be a number from 1 on, not \"0\""},
        {{"diagnose", "--replay=f", "--look", "-1"}, "--look must be a number from 1 on, not \"-1\""},
        {{"diagnose", "--replay=f", "--look", "x"}, "--look must be a number from 1 on, not \"x\""},
        {{"diagnose", "--replay=f", "--look="}, "--look must be a number from 1 on, not \"\""},
        {{"diagnose", "--replay=f", "--look", "1x"}, "--look must be a number from 1 on, not \"1x\""},
        {{"diagnose", "--replay=f", "--look", "1000000"},
         "--look must be a number from 1 on, not \"1000000\""},
        {{"diagnose", "--replay=f", "--look", "99999999999999999999"},
         "--look must be a number from 1 on, not \"99999999999999999999\""},
    });
}

TEST(ParseOptions, RefusesWhatHealCannotDo) {
    expect_refused({
        {{"heal", "--grace=15m"}, "--timeout must be longer than --grace, else nothing could ever be done"},
        {{"heal", "--timeout=60s"}, "--timeout must be longer than --grace, else nothing could ever be done"},
        {{"heal", "--settle=x"}, "--settle is no duration: \"x\" (write it as 5s or 1m)"},
        {{"heal", "--dry-run=maybe"}, "unknown value \"maybe\" for --dry-run: none, client or server"},
        {{"heal", "--dry-run", "server"}, "unexpected argument \"server\""},
        {{"heal", "--confirm="}, "--confirm needs a value (DIGEST)"},
        {{"heal", "--evidence="}, "--evidence needs a value (DIR)"},
        {{"heal", "--evidence=a", "--no-evidence"}, "--evidence and --no-evidence cannot be had together"},
    });
}

TEST(ParseOptions, RefusesFlagsOfOtherCommands) {
    for (const CommandEntry& command : command_entries()) {
        for (const OptionEntry& option : option_entries()) {
            if (takes(command, option)) continue;
            const std::string flag = "--" + std::string(option.name);
            const std::string value =
                option.is_switch() ? ""
                                   : "=" + std::string(option.choices.empty() ? "x" : option.choices.front());
            expect_refused(
                {{{std::string(command.word), flag + value}, flag + " is no flag of this command"}});
        }
    }
}

// -o json itself has been understood: the refusal is a document then.
TEST(ParseOptions, RemembersTheFormatOfARefusal) {
    const std::vector<std::pair<Words, OutputFormat>> table{
        {{"diagnose", "-o", "json", "-n", "CF"}, OutputFormat::json},
        {{"diagnose", "-n", "CF", "-ojson"}, OutputFormat::json},
        {{"-o", "json"}, OutputFormat::json},
        {{"-o", "json", "frobnicate"}, OutputFormat::json},
        {{"diagnose", "-o", "json", "--frobnicate"}, OutputFormat::json},
        {{"diagnose", "-o", "json", "--color=blue"}, OutputFormat::json},
        {{"diagnose", "-n", "CF", "-o=json"}, OutputFormat::json},
        {{"diagnose", "-n", "CF", "-vo", "json"}, OutputFormat::json},
        {{"diagnose", "-n", "CF"}, OutputFormat::text},
        {{"diagnose", "--context", "-o", "json"}, OutputFormat::text},
        {{"diagnose", "-o", "yaml"}, OutputFormat::text},
    };
    for (const auto& [words, format] : table) {
        const std::optional<UsageError> error = refusal_of(words);
        ASSERT_TRUE(error) << ::testing::PrintToString(words);
        EXPECT_EQ(error->format, format) << ::testing::PrintToString(words);
    }
}

TEST(ParseOptions, NamesTheSwitchWhoseValueMakesNoSense) {
    expect_refused({
        {{"diagnose", "--verbose=maybe"}, "--verbose is a switch and takes no such value"},
        {{"diagnose", "-v=maybe"}, "--verbose is a switch and takes no such value"},
        {{"diagnose", "-h", "--verbose="}, "--verbose is a switch and takes no such value"},
        {{"diagnose", "--no-color=perhaps"}, "--no-color is a switch and takes no such value"},
    });
}

TEST(ParseOptions, RemembersTheFormatWhereAValueIsMissing) {
    for (const Words& words :
         {Words{"diagnose", "-o", "json", "-n"}, Words{"-o", "json", "--verbose=maybe"}}) {
        const std::optional<UsageError> error = refusal_of(words);
        ASSERT_TRUE(error);
        EXPECT_EQ(error->format, OutputFormat::json) << ::testing::PrintToString(words);
    }
}

TEST(ParseOptions, TakesSwitchesAsKubectlDoes) {
    for (const std::string value : {"1", "t", "T", "true", "True", "TRUE"})
        EXPECT_TRUE(diagnose_with({"--verbose=" + value}).is_verbose) << value;
    for (const std::string value : {"0", "f", "F", "false", "False", "FALSE"})
        EXPECT_FALSE(diagnose_with({"-v=" + value}).is_verbose) << value;
    EXPECT_FALSE(diagnose_with({"-v", "--verbose=false"}).is_verbose);
    EXPECT_EQ(colour_with({"--no-color=false"}), ColourChoice::automatic);
    EXPECT_EQ(colour_with({"--color=auto", "--no-color"}), ColourChoice::automatic);
}

// The refusal is written in the form of the command that was meant.
TEST(ParseOptions, RemembersTheCommandOfARefusal) {
    const std::vector<std::pair<Words, std::string>> table{
        {{"heal", "--nope"}, "heal"},
        {{"--nope", "evidence"}, "evidence"},
        {{"heal", "-n", "diagnose", "--nope"}, "heal"},
        {{"heal", "-n"}, "heal"},
        {{"frobnicate"}, ""},
    };
    for (const auto& [words, command] : table) {
        const std::optional<UsageError> error = refusal_of(words);
        ASSERT_TRUE(error) << ::testing::PrintToString(words);
        EXPECT_EQ(error->command == nullptr ? "" : error->command->word, command)
            << ::testing::PrintToString(words);
    }
}

// Looks that nobody was asked about (of tests and transcripts) are made as the rows say.
TEST(OptionEntries, AgreeWithALook) {
    const DiagnoseOptions typed = diagnose_with({});
    EXPECT_EQ(typed.look.kubectl.name_space, LookOptions{}.kubectl.name_space);
    EXPECT_EQ(typed.look.kubectl.program, LookOptions{}.kubectl.program);
    EXPECT_EQ(typed.look.probe_timeout, LookOptions{}.probe_timeout);
}

// Whatever a row points to is there, and taken by the same commands as far as they can meet.
TEST(OptionEntries, AreSound) {
    for (const OptionEntry& option : option_entries()) {
        SCOPED_TRACE(option.name);
        EXPECT_EQ(option.tie == Tie::none, option.other.empty());
        if (option.tie != Tie::none) {
            EXPECT_NE(option_by_name(option.other), nullptr);
        }
        EXPECT_TRUE(!option.is_switch() || option.bare == "true");
        EXPECT_EQ(option_by_name(option.name), &option);
        if (option.letter != 0) {
            EXPECT_EQ(option_by_letter(option.letter), &option);
        }
        const auto is_choice = [&option](std::string_view word) {
            return std::find(option.choices.begin(), option.choices.end(), word) != option.choices.end();
        };
        EXPECT_TRUE(option.choices.empty() || is_choice(option.standard));
        EXPECT_TRUE(option.choices.empty() || option.bare.empty() || is_choice(option.bare));
    }
}

TEST(OptionEntries, AreNamedOnce) {
    std::vector<std::string> names;
    for (const OptionEntry& option : option_entries()) {
        names.emplace_back(option.name);
        if (option.letter != 0) names.emplace_back(1, option.letter);
        EXPECT_TRUE(!option.description.empty() || option.section == OptionEntry::Section::kubectl)
            << option.name;
    }
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

}  // namespace

}  // namespace cfee
