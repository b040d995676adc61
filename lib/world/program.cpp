#include "lib/world/program.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

namespace cfee {

namespace {

enum class Presence { missing, not_executable, executable };

Presence presence(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) return Presence::missing;
    if (!S_ISREG(status.st_mode) || ::access(path.c_str(), X_OK) != 0) return Presence::not_executable;
    return Presence::executable;
}

Program at(const std::string& path) {
    switch (presence(path)) {
        case Presence::missing:
            return {.problem = path + ": no such program"};
        case Presence::not_executable:
            return {.problem = path + ": not an executable program"};
        case Presence::executable:
            break;
    }
    return {.path = path};
}

}  // namespace

Program find_program(std::string_view name) {
    if (name.empty()) return {.problem = "no program was named"};
    if (name.find('/') != std::string_view::npos) return at(std::string(name));

    const char* const variable = std::getenv("PATH");
    std::string_view rest = variable != nullptr ? variable : "/bin:/usr/bin";
    Presence best = Presence::missing;
    for (;;) {
        const auto colon = rest.find(':');
        const std::string_view directory = rest.substr(0, colon);
        std::string path(directory.empty() ? "." : directory);  // POSIX: empty is the current directory
        path.append("/").append(name);
        const Presence found = presence(path);
        if (found == Presence::executable) return {.path = path};
        if (found == Presence::not_executable) best = found;
        if (colon == std::string_view::npos) break;
        rest.remove_prefix(colon + 1);
    }
    const char* const why =
        best == Presence::missing ? ": no such program in PATH" : ": in PATH, but not executable";
    return {.problem = std::string(name) + why};
}

}  // namespace cfee
