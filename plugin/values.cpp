#include "plugin/values.hpp"

#include "lib/cluster/names.hpp"
#include "lib/cluster/read_probe.hpp"
#include "lib/text/harmless.hpp"
#include "plugin/duration.hpp"

namespace cfee {

namespace {

std::string flag_of(const Given& given) {
    return "--" + std::string(given.option.name);
}

}  // namespace

void refuse(const std::string& message) {
    throw UsageError{harmless(message)};
}

std::string missing_value(const OptionEntry& option) {
    return "--" + std::string(option.name) + " needs a value (" + std::string(option.argument) + ")";
}

const std::string& some_value(const Given& given) {
    if (given.value().empty()) refuse(missing_value(given.option));
    return given.value();
}

std::chrono::milliseconds duration_value(const Given& given) {
    const auto duration = parse_duration(given.value());
    if (!duration)
        refuse(flag_of(given) + " is no duration: \"" + given.value() + "\" (write it as 5s or 1m)");
    return *duration;
}

std::chrono::seconds probe_seconds(const Given& given) {
    constexpr std::chrono::seconds shortest{2};  // a refusal that the kernel limits takes 1.02 s
    constexpr std::chrono::seconds longest{300};
    const std::chrono::milliseconds duration = duration_value(given);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
    if (seconds != duration || seconds < shortest || seconds > longest)
        refuse(flag_of(given) + " must be whole seconds from 2s to 5m, not " + given.value());
    return seconds;
}

const std::string& namespace_value(const Given& given) {
    if (!is_label(given.value())) refuse("\"" + given.value() + "\" cannot be the name of a namespace");
    return given.value();
}

Address address_value(const Given& given) {
    Address address = parse_address(given.value(), bbs_port);
    if (!address.is_known()) refuse(flag_of(given) + " is no HOST or HOST:PORT: \"" + given.value() + "\"");
    return address;
}

int ordinal_value(const Given& given) {
    constexpr std::size_t most_digits = 6;
    const std::string& number = given.value();
    const bool is_number = !number.empty() && number.size() <= most_digits &&
                           number.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || std::stoi(number) < 1)
        refuse(flag_of(given) + " must be a number from 1 on, not \"" + number + "\"");
    return std::stoi(number);
}

}  // namespace cfee
