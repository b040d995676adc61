#include "plugin/options.hpp"

namespace cfee {

const std::vector<CommandEntry>& command_entries() {
    static const std::vector<CommandEntry> entries{
        {
            CommandName::diagnose,
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
            CommandName::version,
            "version",
            "print the version",
            "version",
            "Prints the version of the plugin.",
            {{"version", "which version is this?"}},
        },
        {
            CommandName::help,
            "help",
            "explain a command",
            "help [COMMAND]",
            "Explains a command and its flags.",
            {{"help diagnose", "all flags of diagnose"}},
        },
    };
    return entries;
}

}  // namespace cfee
