#include "plugin/terminal.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace cfee {

namespace {

std::string_view value(const Environment& environment, const char* name) {
    const char* text = environment(name);
    return text == nullptr ? std::string_view{} : std::string_view{text};
}

bool is_coloured(ColourChoice choice, bool is_terminal, const Environment& environment) {
    if (choice != ColourChoice::automatic) return choice == ColourChoice::always;
    if (!value(environment, "NO_COLOR").empty()) return false;
    for (const char* name : {"CLICOLOR_FORCE", "FORCE_COLOR"}) {
        if (const std::string_view forced = value(environment, name); !forced.empty() && forced != "0")
            return true;
    }
    return is_terminal && value(environment, "TERM") != "dumb" && value(environment, "CLICOLOR") != "0";
}

// The locale's rule: the first of these that is set decides.
bool is_utf8(const Environment& environment) {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        std::string locale{value(environment, name)};
        if (locale.empty()) continue;
        std::transform(locale.begin(), locale.end(), locale.begin(),
                       [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
        return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
    }
    return false;
}

}  // namespace

Style style_for(ColourChoice choice, bool is_terminal, const Environment& environment) {
    return {.has_colour = is_coloured(choice, is_terminal, environment), .has_utf8 = is_utf8(environment)};
}

}  // namespace cfee
