// The executable: it opens the real world and hands it over.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "lib/world/folder.hpp"
#include "lib/world/program.hpp"
#include "lib/world/prompt.hpp"
#include "lib/world/system.hpp"
#include "plugin/run.hpp"

namespace {

const char* environment(const char* name) {
    return std::getenv(name);
}

bool is_program(const std::string& name) {
    return cfee::find_program(name).problem.empty();
}

cfee::StreamKind kind_of(int descriptor) {
    winsize size{};
    const bool has_size = ioctl(descriptor, TIOCGWINSZ, &size) == 0;
    return {.is_terminal = isatty(descriptor) == 1, .columns = has_size ? size.ws_col : 0};
}

}  // namespace

int main(int argc, char** argv) {
    cfee::System host;
    cfee::TerminalPrompt prompt;
    cfee::DiskFolder folder;
    return cfee::run_plugin({argv, argv + argc}, {.host = host,
                                                  .prompt = prompt,
                                                  .folder = folder,
                                                  .out = std::cout,
                                                  .err = std::cerr,
                                                  .out_kind = kind_of(STDOUT_FILENO),
                                                  .err_kind = kind_of(STDERR_FILENO),
                                                  .environment = environment,
                                                  .is_program = is_program});
}
