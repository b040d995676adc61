#include "plugin/spelling.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

#include "plugin/nearest.hpp"
#include "plugin/option_entries.hpp"
#include "plugin/values.hpp"

namespace cfee {

namespace {

// As cxxopts and kubectl read them.
std::optional<std::string> switch_value(std::string value) {
    std::transform(value.begin(), value.end(), value.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    if (value == "1" || value == "t" || value == "true") return "true";
    if (value == "0" || value == "f" || value == "false") return "false";
    return std::nullopt;
}

std::string unknown_flag(const std::string& flag) {
    std::vector<std::string_view> names;
    for (const OptionEntry& option : option_entries()) names.push_back(option.name);
    const std::string near = nearest(flag.substr(std::min(flag.find_first_not_of('-'), flag.size())), names);
    return "unknown flag " + flag + (near.empty() ? "" : "; did you mean --" + near + "?");
}

class Speller {
public:
    explicit Speller(const std::vector<std::string>& arguments) : arguments_(arguments) {}

    Spelled spell() {
        while (next_ < arguments_.size()) {
            const std::string& argument = arguments_[next_++];
            if (argument == "--") break;
            if (argument.starts_with("--")) {
                take_name(argument.substr(2));
            } else if (argument.size() > 1 && argument.front() == '-') {
                take_letters(argument.substr(1));
            } else {
                words_.push_back(argument);
            }
        }
        words_.insert(words_.end(), arguments_.begin() + static_cast<std::ptrdiff_t>(next_),
                      arguments_.end());
        spelled_.arguments.emplace_back("--");
        spelled_.arguments.insert(spelled_.arguments.end(), words_.begin(), words_.end());
        return std::move(spelled_);
    }

private:
    void take_name(const std::string& flag) {
        const std::size_t equals = std::min(flag.find('='), flag.size());
        const std::string name = flag.substr(0, equals);
        const OptionEntry* option = option_by_name(name);
        if (option == nullptr) return complain(unknown_flag("--" + name));
        if (equals < flag.size()) return add(*option, flag.substr(equals + 1));
        add_bare_or_next(*option);
    }

    void take_letters(std::string letters) {
        while (!letters.empty()) {
            const OptionEntry* option = option_by_letter(letters.front());
            if (option == nullptr) return complain(unknown_flag("-" + unknown_letter(letters)));
            letters.erase(0, 1);
            const bool has_equals = letters.size() > 1 && letters.front() == '=';
            if (has_equals) return add(*option, letters.substr(1));
            if (!letters.empty() && option->bare.empty()) return add(*option, letters);
            add_bare_or_next(*option);
        }
    }

    // A letter of ASCII alone; of others, all that there is.
    static std::string unknown_letter(const std::string& letters) {
        const bool is_ascii = static_cast<signed char>(letters.front()) > 0;
        return is_ascii ? letters.substr(0, 1) : letters.substr(0, letters.find('='));
    }

    // The next argument is the value, whatever it looks like.
    void add_bare_or_next(const OptionEntry& option) {
        if (!option.bare.empty()) return add(option, std::string(option.bare));
        if (next_ < arguments_.size()) return add(option, arguments_[next_++]);
        complain(missing_value(option));
    }

    void add(const OptionEntry& option, std::string value) {
        const std::string flag = "--" + std::string(option.name);
        if (option.is_switch()) {
            const std::optional<std::string> is_on = switch_value(value);
            if (!is_on) return complain(flag + " is a switch and takes no such value");
            value = *is_on;
        }
        spelled_.arguments.insert(spelled_.arguments.end(), {flag, value});
    }

    void complain(std::string problem) {
        if (spelled_.problem.empty()) spelled_.problem = std::move(problem);
    }

    const std::vector<std::string>& arguments_;
    std::size_t next_ = 0;
    Spelled spelled_;
    std::vector<std::string> words_;
};

}  // namespace

Spelled spelled_out(const std::vector<std::string>& arguments) {
    return Speller(arguments).spell();
}

}  // namespace cfee
