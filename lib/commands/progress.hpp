// One line that says what is being waited for, and is gone when the result is printed.
#pragma once

#include <string_view>

#include "lib/commands/console.hpp"

namespace cfee {

class Progress {
public:
    explicit Progress(Console& console) : console_(console) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() { clear(); }

    /// Replaces the line. Nothing happens where standard error is no terminal.
    void show(std::string_view what);
    void clear();

private:
    Console& console_;
    bool is_shown_ = false;
};

}  // namespace cfee
