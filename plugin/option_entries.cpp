#include <array>

#include "plugin/options.hpp"

namespace cfee {

namespace {

using Section = OptionEntry::Section;
using For = OptionEntry::For;

constexpr std::array options_table{
    OptionEntry{"namespace", 'n', "NAMESPACE", "Namespace of Cloud Foundry (default cf).", Section::look,
                For::looking},
    OptionEntry{
        "address", 0, "HOST[:PORT]",
        "Probe this address (port 8889 by default) instead of the one in Cloud Controller's configuration.",
        Section::look, For::looking},
    OptionEntry{"probe-timeout", 0, "DURATION",
                "How long one probe may take: whole seconds, at least 2s (default 5s).", Section::look,
                For::looking},
    OptionEntry{"record", 0, "FILE", "Also write a transcript of the look to FILE, without secrets.",
                Section::look, For::diagnose},
    OptionEntry{"replay", 0, "FILE", "Judge the transcript FILE instead of a cluster.", Section::look,
                For::diagnose_and_heal},
    OptionEntry{"look", 0, "N", "With --replay: judge its Nth look instead of the last complete one.",
                Section::look, For::diagnose},
    OptionEntry{"yes", 'y', "", "Agree to the plan without being asked.", Section::heal, For::heal},
    OptionEntry{"confirm", 0, "DIGEST", "Agree to the plan with this digest, and to no other.", Section::heal,
                For::heal},
    OptionEntry{"no-input", 0, "", "Never ask: without --yes or --confirm, refuse.", Section::heal,
                For::heal},
    OptionEntry{"dry-run", 0, "[=WHERE]",
                "Show the plan and stop; with =server, also let the API server check it.", Section::heal,
                For::heal},
    OptionEntry{"grace", 0, "DURATION",
                "How long it must fail without a break before anything is done (default 60s).", Section::heal,
                For::heal},
    OptionEntry{"timeout", 0, "DURATION", "How long to wait, before and after acting (default 15m).",
                Section::heal, For::heal},
    OptionEntry{"settle", 0, "DURATION", "How long it must stay healthy to count as healed (default 10s).",
                Section::heal, For::heal},
    OptionEntry{"force", 0, "", "Go on where a fact could not be had; never against a fact.", Section::heal,
                For::heal},
    OptionEntry{"evidence", 0, "DIR",
                "Where to keep the evidence (default: a new directory under $XDG_STATE_HOME/cfee-stager).",
                Section::heal, For::heal_and_evidence},
    OptionEntry{"no-evidence", 0, "", "Keep no evidence.", Section::heal, For::heal},
    OptionEntry{"output", 'o', "FORMAT", "text (default) or json.", Section::output, For::looking},
    OptionEntry{"color", 0, "WHEN", "always, never or auto (default): see ENVIRONMENT in the manual.",
                Section::output, For::every_command},
    OptionEntry{"no-color", 0, "", "The same as --color=never.", Section::output, For::every_command},
    OptionEntry{"verbose", 'v', "",
                "Print each kubectl command line as it runs, on standard error, secrets hidden.",
                Section::output, For::looking},
    OptionEntry{"kubectl", 0, "PATH", "The kubectl to run (default $KUBECTL_PATH, then kubectl in PATH).",
                Section::kubectl, For::looking},
    OptionEntry{"kubeconfig", 0, "PATH", "", Section::kubectl, For::looking},
    OptionEntry{"context", 0, "NAME", "", Section::kubectl, For::looking},
    OptionEntry{"cluster", 0, "NAME", "", Section::kubectl, For::looking},
    OptionEntry{"user", 0, "NAME", "", Section::kubectl, For::looking},
    OptionEntry{"server", 's', "URL", "", Section::kubectl, For::looking},
    OptionEntry{"token", 0, "TOKEN", "", Section::kubectl, For::looking},
    OptionEntry{"as", 0, "USER", "", Section::kubectl, For::looking},
    OptionEntry{"as-group", 0, "GROUP", "", Section::kubectl, For::looking},
    OptionEntry{"as-uid", 0, "UID", "", Section::kubectl, For::looking},
    OptionEntry{"certificate-authority", 0, "PATH", "", Section::kubectl, For::looking},
    OptionEntry{"client-certificate", 0, "PATH", "", Section::kubectl, For::looking},
    OptionEntry{"client-key", 0, "PATH", "", Section::kubectl, For::looking},
    OptionEntry{"insecure-skip-tls-verify", 0, "", "", Section::kubectl, For::looking},
    OptionEntry{"tls-server-name", 0, "NAME", "", Section::kubectl, For::looking},
    OptionEntry{"request-timeout", 0, "DURATION", "", Section::kubectl, For::looking},
    OptionEntry{"cache-dir", 0, "PATH", "", Section::kubectl, For::looking},
    OptionEntry{"help", 'h', "", "Print help and exit.", Section::general, For::every_command},
    OptionEntry{"version", 'V', "", "Print the version and exit.", Section::general, For::every_command},
};

}  // namespace

bool takes(CommandName command, const OptionEntry& option) {
    const bool diagnoses = command == CommandName::diagnose;
    const bool heals = command == CommandName::heal;
    const bool gathers = command == CommandName::evidence;
    switch (option.commands) {
        case For::every_command:
            return true;
        case For::looking:
            return diagnoses || heals || gathers;
        case For::diagnose:
            return diagnoses;
        case For::diagnose_and_heal:
            return diagnoses || heals;
        case For::heal:
            return heals;
        case For::heal_and_evidence:
            break;
    }
    return heals || gathers;
}

std::span<const OptionEntry> option_entries() {
    return options_table;
}

}  // namespace cfee
