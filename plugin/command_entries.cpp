#include "plugin/command_entries.hpp"

#include <algorithm>

namespace cfee {

const std::vector<CommandEntry>& command_entries() {
    static const std::vector<CommandEntry> entries{
        {
            DiagnoseOptions{},
            "diagnose",
            "say what is wrong, and why; changes nothing",
            "diagnose [FLAGS]",
            "Looks at Cloud Controller, the Diego BBS, Locket and their databases from outside and from "
            "inside, and says in seconds "
            "whether this is the fault of the runbook, another one or none. It changes nothing.",
            {
                {"diagnose", "is the stager available, and if not, why?"},
                {"diagnose -n scf --context prod", "another namespace, another cluster"},
                {"diagnose -o json", "for scripts: one document, and the exit status"},
                {"diagnose --record look.jsonl", "keep a transcript for somebody else"},
                {"diagnose --replay look.jsonl", "judge a transcript, without any cluster"},
            },
        },
        {
            HealOptions{},
            "heal",
            "cure the one fault that a restart cures, and prove it",
            "heal [FLAGS]",
            "Looks and judges as diagnose does. Where the remedy is a restart, and only there, it waits out "
            "a failover, "
            "shows its plan, asks, saves the evidence, deletes exactly the pods of the plan and waits until "
            "two looks "
            "show that all is well. Everything else it refuses, with the reason, and changes nothing.",
            {
                {"heal", "asks before it does anything"},
                {"heal --dry-run=server", "what would it do, and may it?"},
                {"heal --yes -o json", "for scripts"},
                {"heal --confirm=DIGEST", "act on the plan that a dry run has shown, or not at all"},
            },
        },
        {
            EvidenceOptions{},
            "evidence",
            "keep transcript, report and logs; changes nothing",
            "evidence [FLAGS]",
            "Makes the directory that heal would make before it acts: a transcript that can be replayed, the "
            "report, "
            "logs and events, without secrets.",
            {{"evidence --evidence incident-1", "keep it in ./incident-1"}},
        },
        {
            VersionOptions{},
            "version",
            "print the versions",
            "version",
            "Prints the versions of the plugin and of the kubectl that it would run.",
            {{"version", "which version is this?"}},
        },
        {
            HelpOptions{},
            "help",
            "explain a command",
            "help [COMMAND]",
            "Explains a command and its flags.",
            {{"help diagnose", "all flags of diagnose"}},
        },
    };
    return entries;
}

const CommandEntry* command_by_word(std::string_view word) {
    const std::vector<CommandEntry>& entries = command_entries();
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [word](const CommandEntry& entry) { return entry.word == word; });
    return found == entries.end() ? nullptr : &*found;
}

const CommandEntry& entry_of(const CommandOptions& command) {
    const std::vector<CommandEntry>& entries = command_entries();
    return *std::find_if(entries.begin(), entries.end(), [&command](const CommandEntry& entry) {
        return entry.beginning.index() == command.index();
    });
}

}  // namespace cfee
