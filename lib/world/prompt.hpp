// Asking the person at the terminal.
#pragma once

#include <string>

namespace cfee {

/// The person, beside Host: with a fake of its own in tests.
class Prompt {
public:
    Prompt() = default;
    Prompt(const Prompt&) = delete;
    Prompt& operator=(const Prompt&) = delete;
    virtual ~Prompt() = default;

    /// Is there somebody to ask: are standard input and standard error terminals?
    [[nodiscard]] virtual bool can_ask() const = 0;
    /// Shows the question and waits for a line. True only for "y" or "yes". Throws Interrupted.
    [[nodiscard]] virtual bool ask(const std::string& question) = 0;
};

/// The real one.
class TerminalPrompt final : public Prompt {
public:
    [[nodiscard]] bool can_ask() const override;
    [[nodiscard]] bool ask(const std::string& question) override;
};

}  // namespace cfee
