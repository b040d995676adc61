// Longer than others because it is one table: every option there is, each with all that is to be known of it.
#include "plugin/option_entries.hpp"

#include <algorithm>
#include <array>

#include "plugin/setters.hpp"
#include "plugin/values.hpp"

namespace cfee {

namespace {

using Section = OptionEntry::Section;

constexpr Choices<OutputFormat, forms.size()> formats = [] {
    Choices<OutputFormat, forms.size()> choices{};
    for (std::size_t index = 0; index < forms.size(); ++index) {
        choices.words.at(index) = forms.at(index).word;
        choices.values.at(index) = static_cast<OutputFormat>(index);
    }
    return choices;
}();
constexpr Choices<ColourChoice, 3> colours{
    {"always", "never", "auto"}, {ColourChoice::always, ColourChoice::never, ColourChoice::automatic}};
constexpr Choices<DryRun, 3> dry_runs{{"none", "client", "server"},
                                      {DryRun::none, DryRun::client, DryRun::server}};

// What it means was read with the command.
constexpr auto nothing = [](Options& /*options*/, const Given& /*given*/) {};

/// Passed on to each kubectl that is run.
constexpr OptionEntry passed_on(std::string_view name, std::string_view argument, char letter = 0) {
    return {.name = name,
            .letter = letter,
            .argument = argument,
            .section = Section::kubectl,
            .bare = argument.empty() ? "true" : "",
            .set = for_looking([](auto& options, const Given& given) {
                // Of a switch the last counts, of all others each.
                const std::size_t first = given.option.is_switch() ? given.values.size() - 1 : 0;
                for (std::size_t index = first; index < given.values.size(); ++index) {
                    std::string flag = "--";
                    flag.append(given.option.name).append("=").append(given.values[index]);
                    options.look.kubectl.global_flags.push_back(std::move(flag));
                }
            })};
}

// They are set in this order, which is help's and the manual's: a setter finds set what stands above it.
constexpr std::array options_table{
    OptionEntry{
        .name = "namespace",
        .letter = 'n',
        .argument = "NAMESPACE",
        .description = "Namespace of Cloud Foundry (default {default}).",
        .section = Section::look,
        .standard = "cf",
        .set = for_looking([](auto& options, const Given& given) {
            options.look.kubectl.name_space = namespace_value(given);
        }),
    },
    OptionEntry{
        .name = "address",
        .argument = "HOST[:PORT]",
        .description = "Probe this address (port 8889 by default) instead of the one in Cloud Controller's "
                       "configuration.",
        .section = Section::look,
        .set = for_looking(
            [](auto& options, const Given& given) { options.look.address = address_value(given); }),
    },
    OptionEntry{
        .name = "probe-timeout",
        .argument = "DURATION",
        .description = "How long one probe may take: whole seconds, at least 2s (default {default}).",
        .section = Section::look,
        .standard = "5s",
        .set = for_looking(
            [](auto& options, const Given& given) { options.look.probe_timeout = probe_seconds(given); }),
    },
    OptionEntry{
        .name = "record",
        .argument = "FILE",
        .description = "Also write a transcript of the look to FILE, without secrets.",
        .section = Section::look,
        .tie = Tie::excludes,
        .other = "replay",
        .set = for_commands<DiagnoseOptions>(
            [](auto& options, const Given& given) { options.record = some_value(given); }),
    },
    OptionEntry{
        .name = "replay",
        .argument = "FILE",
        .description = "Judge the transcript FILE instead of a cluster.",
        .section = Section::look,
        .set = for_commands<DiagnoseOptions, HealOptions>(
            [](auto& options, const Given& given) { options.replay = some_value(given); }),
    },
    OptionEntry{
        .name = "look",
        .argument = "N",
        .description = "With --replay: judge its Nth look instead of the last complete one.",
        .section = Section::look,
        .tie = Tie::needs,
        .other = "replay",
        .set = for_commands<DiagnoseOptions>(
            [](auto& options, const Given& given) { options.look_number = ordinal_value(given); }),
    },
    OptionEntry{
        .name = "yes",
        .letter = 'y',
        .description = "Agree to the plan without being asked.",
        .section = Section::heal,
        .bare = "true",
        .set = for_commands<HealOptions>(
            [](auto& options, const Given& given) { options.is_agreed = given.is_on(); }),
    },
    OptionEntry{
        .name = "confirm",
        .argument = "DIGEST",
        .description = "Agree to the plan with this digest, and to no other.",
        .section = Section::heal,
        .set = for_commands<HealOptions>(
            [](auto& options, const Given& given) { options.digest = some_value(given); }),
    },
    OptionEntry{
        .name = "no-input",
        .description = "Never ask: without --yes or --confirm, refuse.",
        .section = Section::heal,
        .bare = "true",
        .set = for_commands<HealOptions>(
            [](auto& options, const Given& given) { options.may_ask = !given.is_on(); }),
    },
    OptionEntry{
        .name = "dry-run",
        .argument = "[=WHERE]",
        .description = "Show the plan and stop; with =server, also let the API server check it.",
        .section = Section::heal,
        .standard = "none",
        .bare = "client",  // as with kubectl
        .choices = dry_runs.words,
        .set = for_commands<HealOptions>(
            [](auto& options, const Given& given) { options.dry_run = dry_runs[given.value()]; }),
    },
    OptionEntry{
        .name = "grace",
        .argument = "DURATION",
        .description = "How long it must fail without a break before anything is done (default {default}).",
        .section = Section::heal,
        .standard = "60s",
        .set = for_commands<HealOptions>(
            [](auto& options, const Given& given) { options.grace = duration_value(given); }),
    },
    OptionEntry{
        .name = "timeout",
        .argument = "DURATION",
        .description = "How long to wait, before and after acting (default {default}).",
        .section = Section::heal,
        .standard = "15m",
        .set = for_commands<HealOptions>([](auto& options, const Given& given) {
            options.timeout = duration_value(given);
            if (options.timeout <= options.grace)
                refuse("--timeout must be longer than --grace, else nothing could ever be done");
        }),
    },
    OptionEntry{
        .name = "settle",
        .argument = "DURATION",
        .description = "How long it must stay healthy to count as healed (default {default}).",
        .section = Section::heal,
        .standard = "10s",
        .set = for_commands<HealOptions>(
            [](auto& options, const Given& given) { options.settle = duration_value(given); }),
    },
    OptionEntry{
        .name = "force",
        .description = "Go on where a fact could not be had; never against a fact.",
        .section = Section::heal,
        .bare = "true",
        .set = for_commands<HealOptions>([](auto& options, const Given& given) {
            options.force = given.is_on() ? Force::yes : Force::no;
        }),
    },
    OptionEntry{
        .name = "evidence",
        .argument = "DIR",
        .description = "Where to keep the evidence (default: a new directory under "
                       "$XDG_STATE_HOME/cfee-stager).",
        .section = Section::heal,
        .tie = Tie::excludes,
        .other = "no-evidence",
        .set = for_commands<HealOptions, EvidenceOptions>(
            [](auto& options, const Given& given) { options.evidence = some_value(given); }),
    },
    OptionEntry{
        .name = "no-evidence",
        .description = "Keep no evidence.",
        .section = Section::heal,
        .bare = "true",
        .set = for_commands<HealOptions>(
            [](auto& options, const Given& given) { options.wants_evidence = !given.is_on(); }),
    },
    OptionEntry{
        .name = "output",
        .letter = 'o',
        .argument = "FORMAT",
        .description = "{choices}.",
        .section = Section::output,
        .standard = "text",
        .choices = formats.words,
        .kind = "output format",
        .set =
            for_looking([](auto& options, const Given& given) { options.format = formats[given.value()]; }),
    },
    OptionEntry{
        .name = "color",
        .argument = "WHEN",
        .description = "{choices}: see ENVIRONMENT in the manual.",
        .section = Section::output,
        .standard = "auto",
        .choices = colours.words,
        .set = for_every_command(
            [](Options& options, const Given& given) { options.colour = colours[given.value()]; }),
    },
    OptionEntry{
        .name = "no-color",
        .description = "The same as --color=never.",
        .section = Section::output,
        .bare = "true",
        .tie = Tie::yields_to,
        .other = "color",
        .set = for_every_command([](Options& options, const Given& given) {
            if (given.is_on()) options.colour = ColourChoice::never;
        }),
    },
    OptionEntry{
        .name = "verbose",
        .letter = 'v',
        .description = "Print each kubectl command line as it runs, on standard error, secrets hidden.",
        .section = Section::output,
        .bare = "true",
        .set = for_looking([](auto& options, const Given& given) { options.is_verbose = given.is_on(); }),
    },
    OptionEntry{
        .name = "kubectl",
        .argument = "PATH",
        .description = "The kubectl to run (default $KUBECTL_PATH, then kubectl in PATH).",
        .section = Section::kubectl,
        .set = for_looking(
            [](auto& options, const Given& given) { options.look.kubectl.program = some_value(given); }),
    },
    passed_on("kubeconfig", "PATH"),
    passed_on("context", "NAME"),
    passed_on("cluster", "NAME"),
    passed_on("user", "NAME"),
    passed_on("server", "URL", 's'),
    passed_on("token", "TOKEN"),
    passed_on("as", "USER"),
    passed_on("as-group", "GROUP"),
    passed_on("as-uid", "UID"),
    passed_on("certificate-authority", "PATH"),
    passed_on("client-certificate", "PATH"),
    passed_on("client-key", "PATH"),
    passed_on("insecure-skip-tls-verify", ""),
    passed_on("tls-server-name", "NAME"),
    passed_on("request-timeout", "DURATION"),
    passed_on("cache-dir", "PATH"),
    OptionEntry{
        .name = "help",
        .letter = 'h',
        .description = "Print help and exit.",
        .section = Section::general,
        .bare = "true",
        .set = for_every_command(nothing),
    },
    OptionEntry{
        .name = "version",
        .letter = 'V',
        .description = "Print the version and exit.",
        .section = Section::general,
        .bare = "true",
        .set = for_every_command(nothing),
    },
};

template <typename Is>
const OptionEntry* found(Is is) {
    const auto* const row = std::find_if(options_table.begin(), options_table.end(), is);
    return row == options_table.end() ? nullptr : row;
}

}  // namespace

std::span<const OptionEntry> option_entries() {
    return options_table;
}

const OptionEntry* option_by_name(std::string_view name) {
    return found([name](const OptionEntry& option) { return option.name == name; });
}

const OptionEntry* option_by_letter(char letter) {
    return found([letter](const OptionEntry& option) { return letter != 0 && option.letter == letter; });
}

bool takes(const CommandEntry& command, const OptionEntry& option) {
    return option.set.at(command.beginning.index()) != nullptr;
}

std::string listed_choices(const OptionEntry& option, Marked marked) {
    std::string list;
    for (std::size_t index = 0; index < option.choices.size(); ++index) {
        if (index > 0) list += index + 1 == option.choices.size() ? " or " : ", ";
        list += option.choices[index];
        if (marked == Marked::yes && option.choices[index] == option.standard) list += " (default)";
    }
    return list;
}

}  // namespace cfee
