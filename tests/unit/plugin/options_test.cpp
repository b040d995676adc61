#include "plugin/options.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cfee {

namespace {

using Words = std::vector<std::string>;
using namespace std::chrono_literals;

/// "diagnose" and some flags.
Options diagnose_with(Words flags, const std::string& kubectl_path = "") {
    flags.insert(flags.begin(), "diagnose");
    return parse_options(flags, {kubectl_path});
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
    const Options options = diagnose_with({});
    EXPECT_EQ(options.command, CommandName::diagnose);
    EXPECT_EQ(options.colour, ColourChoice::automatic);
    EXPECT_EQ(options.diagnose.format, OutputFormat::text);
    EXPECT_FALSE(options.diagnose.is_verbose);
    EXPECT_EQ(options.diagnose.record, "");
    EXPECT_EQ(options.diagnose.replay, "");
    EXPECT_FALSE(options.diagnose.look_number);
    EXPECT_EQ(options.diagnose.look.kubectl.program, "kubectl");
    EXPECT_EQ(options.diagnose.look.kubectl.name_space, "cf");
    EXPECT_TRUE(options.diagnose.look.kubectl.global_flags.empty());
    EXPECT_FALSE(options.diagnose.look.address.is_known());
    EXPECT_EQ(options.diagnose.look.probe_timeout, 5s);
}

struct CommandRow {
    Words words;
    CommandName command;
    CommandName topic = CommandName::none;
};

TEST(ParseOptions, KnowsCommands) {
    const std::vector<CommandRow> table{
        {{"diagnose"}, CommandName::diagnose},
        {{"version"}, CommandName::version},
        {{"--version"}, CommandName::version},
        {{"-V"}, CommandName::version},
        {{"diagnose", "--version"}, CommandName::version},
        {{"help"}, CommandName::help},
        {{"help", "diagnose"}, CommandName::help, CommandName::diagnose},
        {{"help", "version"}, CommandName::help, CommandName::version},
        {{"help", "help"}, CommandName::help, CommandName::help},
        {{"-h"}, CommandName::help},
        {{"--help"}, CommandName::help},
        {{"-h", "diagnose"}, CommandName::help, CommandName::diagnose},
        {{"diagnose", "-h"}, CommandName::help, CommandName::diagnose},
        {{"diagnose", "-n", "scf", "-h", "-o", "json"}, CommandName::help, CommandName::diagnose},
        {{"version", "--help"}, CommandName::help, CommandName::version},
        {{"help", "diagnose", "-h"}, CommandName::help, CommandName::diagnose},
        {{"diagnose", "-h", "--look", "1"}, CommandName::help, CommandName::diagnose},
        {{"diagnose", "-h", "--probe-timeout", "nonsense"}, CommandName::help, CommandName::diagnose},
        {{"diagnose", "-vh"}, CommandName::help, CommandName::diagnose},
        {{"-n", "scf", "diagnose"}, CommandName::diagnose},
        {{"-v", "diagnose"}, CommandName::diagnose},
        {{"--", "diagnose"}, CommandName::diagnose},
        {{"diagnose", "--"}, CommandName::diagnose},
    };
    for (const CommandRow& row : table) {
        SCOPED_TRACE(::testing::PrintToString(row.words));
        const Options options = parse_options(row.words, {});
        EXPECT_EQ(options.command, row.command);
        EXPECT_EQ(options.help_topic, row.topic);
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
        {{"--namespace", "scf"}, "scf"},
        {{"--namespace=scf"}, "scf"},
        {{"-n", "a", "--namespace", "b"}, "b"},
        {{"-n", "0"}, "0"},
        {{"-n", "a-b"}, "a-b"},
        {{"-n", std::string(63, 'x')}, std::string(63, 'x')},
    };
    for (const TextRow& row : table) {
        EXPECT_EQ(diagnose_with(row.flags).diagnose.look.kubectl.name_space, row.value)
            << ::testing::PrintToString(row.flags);
    }
}

TEST(ParseOptions, TakesTheFormatInEveryForm) {
    for (const Words& flags : {Words{"-o", "json"}, Words{"-ojson"}, Words{"--output", "json"},
                               Words{"--output=json"}, Words{"-o", "text", "-o", "json"}})
        EXPECT_EQ(diagnose_with(flags).diagnose.format, OutputFormat::json)
            << ::testing::PrintToString(flags);
    for (const Words& flags : {Words{"-o", "text"}, Words{"-otext"}, Words{"-o", "json", "--output=text"}})
        EXPECT_EQ(diagnose_with(flags).diagnose.format, OutputFormat::text)
            << ::testing::PrintToString(flags);
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
        EXPECT_EQ(diagnose_with(flags).colour, choice) << ::testing::PrintToString(flags);
    EXPECT_EQ(parse_options({"--color=always", "version"}, {}).colour, ColourChoice::always);
    EXPECT_EQ(parse_options({"--color=always", "-h"}, {}).colour, ColourChoice::always);
}

TEST(ParseOptions, TakesAnAddress) {
    const std::vector<TextRow> table{{{"--address", "h"}, "h:8889"},
                                     {{"--address=h:1"}, "h:1"},
                                     {{"--address", "10.0.0.1:65535"}, "10.0.0.1:65535"}};
    for (const TextRow& row : table)
        EXPECT_EQ(diagnose_with(row.flags).diagnose.look.address.text(), row.value);
}

TEST(ParseOptions, TakesWholeSecondsForAProbe) {
    const std::vector<std::pair<std::string, std::chrono::seconds>> table{
        {"2s", 2s}, {"5s", 5s}, {"1m", 60s}, {"1m30s", 90s}, {"5m", 300s}, {"300s", 300s}, {"2000ms", 2s}};
    for (const auto& [text, seconds] : table)
        EXPECT_EQ(diagnose_with({"--probe-timeout", text}).diagnose.look.probe_timeout, seconds) << text;
}

TEST(ParseOptions, FindsKubectl) {
    EXPECT_EQ(diagnose_with({}, "/env/kubectl").diagnose.look.kubectl.program, "/env/kubectl");
    EXPECT_EQ(diagnose_with({"--kubectl", "/own"}, "/env/kubectl").diagnose.look.kubectl.program, "/own");
    EXPECT_EQ(diagnose_with({"--kubectl=k"}).diagnose.look.kubectl.program, "k");
    EXPECT_TRUE(diagnose_with({"--kubectl=k"}).diagnose.look.kubectl.global_flags.empty())
        << "it is not passed on";
}

TEST(ParseOptions, TakesTranscripts) {
    EXPECT_EQ(diagnose_with({"--record", "a b"}).diagnose.record, "a b");
    EXPECT_EQ(diagnose_with({"--replay=f"}).diagnose.replay, "f");
    EXPECT_EQ(diagnose_with({"--replay=f", "--look", "1"}).diagnose.look_number, 1);
    EXPECT_EQ(diagnose_with({"--look=999999", "--replay=f"}).diagnose.look_number, 999999);
    EXPECT_EQ(diagnose_with({"--look=007", "--replay=f"}).diagnose.look_number, 7);
    EXPECT_TRUE(diagnose_with({"-v"}).diagnose.is_verbose);
    EXPECT_TRUE(diagnose_with({"--verbose"}).diagnose.is_verbose);
    EXPECT_FALSE(diagnose_with({"--verbose=false"}).diagnose.is_verbose);
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
        EXPECT_EQ(diagnose_with(row.flags).diagnose.look.kubectl.global_flags, row.passed)
            << ::testing::PrintToString(row.flags);
    }
}

TEST(ParseOptions, PassesOnEveryFlagOfKubectl) {
    for (const OptionEntry& option : option_entries()) {
        if (option.section != OptionEntry::Section::kubectl || option.name == "kubectl") continue;
        const std::string flag = "--" + std::string(option.name);
        const bool is_switch = option.argument.empty();
        EXPECT_EQ(diagnose_with({is_switch ? flag : flag + "=value"}).diagnose.look.kubectl.global_flags,
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

// -o json itself has been understood: the refusal is a document then.
TEST(ParseOptions, RemembersTheFormatOfARefusal) {
    const std::vector<std::pair<Words, OutputFormat>> table{
        {{"diagnose", "-o", "json", "-n", "CF"}, OutputFormat::json},
        {{"diagnose", "-n", "CF", "-ojson"}, OutputFormat::json},
        {{"-o", "json"}, OutputFormat::json},
        {{"-o", "json", "frobnicate"}, OutputFormat::json},
        {{"diagnose", "-o", "json", "--frobnicate"}, OutputFormat::json},
        {{"diagnose", "-o", "json", "--color=blue"}, OutputFormat::json},
        {{"diagnose", "-n", "CF"}, OutputFormat::text},
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
