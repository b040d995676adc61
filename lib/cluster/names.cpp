#include "lib/cluster/names.hpp"

#include <algorithm>

namespace cfee {

namespace {

constexpr std::string_view small_letters = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view capital_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";

bool is_one_of(char letter, std::string_view letters) {
    return letters.find(letter) != std::string_view::npos;
}

bool is_small_or_digit(char letter) {
    return is_one_of(letter, small_letters) || is_one_of(letter, digits);
}

bool is_alphanumeric(char letter) {
    return is_small_or_digit(letter) || is_one_of(letter, capital_letters);
}

// Of a subdomain: dashes inside only.
bool is_part(std::string_view part) {
    return !part.empty() && part.front() != '-' && part.back() != '-' &&
           std::all_of(part.begin(), part.end(),
                       [](char letter) { return is_small_or_digit(letter) || letter == '-'; });
}

}  // namespace

bool is_label(std::string_view name) {
    constexpr std::size_t longest = 63;
    return name.size() <= longest && is_part(name);
}

bool is_subdomain(std::string_view name) {
    constexpr std::size_t longest = 253;
    if (name.size() > longest) return false;
    for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
        if (!is_part(name.substr(0, dot))) return false;
        name.remove_prefix(dot + 1);
    }
    return is_part(name);
}

bool is_kind(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), is_alphanumeric);
}

bool is_uid(std::string_view text) {
    constexpr std::size_t longest = 128;
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char letter) {
        return is_alphanumeric(letter) || letter == '-';
    });
}

bool is_ip(std::string_view text) {
    constexpr std::string_view hexadecimal = "0123456789abcdefABCDEF.:";
    return !text.empty() && text.find_first_not_of(hexadecimal) == std::string_view::npos;
}

}  // namespace cfee
