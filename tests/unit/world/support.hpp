// What several tests of this room need.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "lib/world/host.hpp"

namespace cfee {

#ifdef __SANITIZE_ADDRESS__
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "unit-world.XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline std::string contents(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// What our open descriptors are, in a comparable form.
inline std::vector<std::string> open_descriptors() {
    std::vector<std::string> descriptors;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;  // the one that reads the directory
        const auto target = std::filesystem::read_symlink(entry, gone);
        if (!gone && target.string().find("/fd") == std::string::npos) {
            descriptors.push_back(entry.path().filename().string() + " " + target.string());
        }
    }
    std::sort(descriptors.begin(), descriptors.end());
    return descriptors;
}

/// Is there no such process, or only its remains that init has not yet collected?
inline bool is_gone(int pid) {
    const std::string status = contents("/proc/" + std::to_string(pid) + "/stat");
    return status.empty() || status.find(") Z ") != std::string::npos ||
           status.find(") X ") != std::string::npos;
}

/// The signal by which `work` was interrupted; 0 if it was not.
template <typename Work>
int interrupted_by(const Work& work) {
    try {
        work();
    } catch (const Interrupted& interrupted) {
        return interrupted.signal;
    }
    return 0;
}

/// Does `work` in a child process and gives its result, or -1 when the child was killed.
template <typename Work>
int status_of_fork(const Work& work) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        const int result = work();
        ::_exit(result);
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace cfee
