// A kubectl that answers as it was told: for what a transcript cannot express.
//
// FAKE_KUBECTL names a folder. Its spec.json is a list of answers; the first one counts all of whose `when` words are
// arguments of this call, and whose `input` is part of its standard input. It has `stdout`, `stderr` and `code`, and for
// the rest of the world `behaviour`:
//   hang    never ends by itself, and neither does the child that it starts
//   flood   prints `bytes` bytes
//   run     runs the script that was to run in the pod, here: `shell` instead of sh, `root` as the folder of BOSH, `path` as
//           PATH
// Each call leaves its arguments, its process id (and those of what it started) and its behaviour in a file of the
// folder, and then rings the bell there, a named pipe: whoever waits for a call need not look again and again.
// Strings are bytes: each character of the JSON is one of them.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;
namespace fs = std::filesystem;

// From characters below 256, as UTF-8, to bytes.
std::string bytes(const std::string& text) {
    std::string made;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto letter = static_cast<unsigned char>(text[at]);
        const bool is_ascii = letter < 0x80;
        made += is_ascii ? text[at] : static_cast<char>(((letter & 3U) << 6U) | (text[++at] & 0x3fU));
    }
    return made;
}

std::string characters(const std::string& bytes) {
    std::string made;
    for (const char byte : bytes) {
        const auto letter = static_cast<unsigned char>(byte);
        if (letter < 0x80) {
            made += byte;
        } else {
            made += static_cast<char>(0xc0U | (letter >> 6U));
            made += static_cast<char>(0x80U | (letter & 0x3fU));
        }
    }
    return made;
}

std::string text_in(const Json& answer, const char* name) {
    return bytes(answer.value(name, ""));
}

bool has(const Words& arguments, const std::string& word) {
    return std::find(arguments.begin(), arguments.end(), word) != arguments.end();
}

bool is_for(const Json& answer, const Words& arguments, const std::string& input) {
    const Json& words = answer.at("when");
    return std::all_of(words.begin(), words.end(),
                       [&](const Json& word) { return has(arguments, bytes(word)); }) &&
           input.find(text_in(answer, "input")) != std::string::npos;
}

void print(int stream, const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t written = write(stream, text.data() + at, text.size() - at);
        if (written <= 0) std::exit(1);
        at += static_cast<std::size_t>(written);
    }
}

pid_t start_sleeper() {
    const pid_t child = fork();
    if (child != 0) return child;
    execlp("sleep", "sleep", "100", nullptr);
    _exit(127);
}

void leave_call(const fs::path& folder, const Words& arguments, const Json& pids,
                const std::string& behaviour) {
    Json argv = Json::array();
    for (const std::string& word : arguments) argv.push_back(characters(word));
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
    const fs::path call =
        folder / ("call-" + std::to_string(nanoseconds) + "-" + std::to_string(getpid()) + ".json");
    const fs::path unfinished = call.string() + ".new";  // nobody may find half of it
    std::ofstream(unfinished) << Json{{"argv", argv}, {"pids", pids}, {"behaviour", behaviour}};
    fs::rename(unfinished, call);
    const int bell = open((folder / "bell").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (bell < 0 || write(bell, "!", 1) != 1) return;  // nobody waits
    close(bell);
}

// Becomes the shell with the script; does not return.
void run_here(const Json& answer, const Words& arguments) {
    const auto script = std::find(arguments.begin(), arguments.end(), "--");
    if (arguments.end() - script < 4) return print(STDERR_FILENO, "fake-kubectl: that is no script\n");
    Words words = answer.value("shell", Words{"/bin/sh"});
    words.emplace_back("-c");
    words.insert(words.end(), script + 3, arguments.end());
    for (std::string& word : words) {
        if (word.starts_with("V=")) word = "V=" + text_in(answer, "root");
    }
    std::string path = "PATH=" + text_in(answer, "path");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<char*> environment{path.data(), nullptr};
    dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    execve(argv.front(), argv.data(), environment.data());
}

int answer_with(const Json& answer, const Words& arguments, const std::string& behaviour) {
    print(STDOUT_FILENO, text_in(answer, "stdout"));
    print(STDERR_FILENO, text_in(answer, "stderr"));
    if (behaviour == "hang") ::sleep(100);
    if (behaviour == "flood") {
        const std::string block(65536, 'x');
        const std::size_t blocks = answer.at("bytes").get<std::size_t>() / block.size();
        for (std::size_t i = 0; i != blocks; ++i) print(STDOUT_FILENO, block);
    }
    if (behaviour == "run") {
        run_here(answer, arguments);
        return 127;
    }
    return answer.value("code", 0);
}

}  // namespace

int main(int count, char** values) {
    const Words arguments(values + 1, values + count);
    const fs::path folder = std::getenv("FAKE_KUBECTL");
    std::ifstream file(folder / "spec.json");
    const Json spec = Json::parse(file);
    std::string input;
    if (has(arguments, "-f")) input.assign(std::istreambuf_iterator<char>(std::cin), {});
    const auto found = std::find_if(spec.begin(), spec.end(),
                                    [&](const Json& answer) { return is_for(answer, arguments, input); });
    const std::string behaviour = found == spec.end() ? "" : found->value("behaviour", "");
    Json pids{getpid()};
    if (behaviour == "hang") pids.push_back(start_sleeper());
    leave_call(folder, arguments, pids, behaviour);
    if (found != spec.end()) return answer_with(*found, arguments, behaviour);
    std::cerr << "fake-kubectl: nothing is known of";
    for (const std::string& word : arguments) std::cerr << ' ' << word;
    std::cerr << '\n';
    return 1;
}
