#include "lib/world/folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "lib/text/harmless.hpp"
#include "lib/world/descriptor.hpp"

namespace cfee {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
    throw FolderError(harmless(path) + " cannot be written: " + std::generic_category().message(error));
}

// A new name is on disk only when its directory is.
void sync_directory(const std::string& path) {
    const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.is_open() || ::fsync(directory.number()) != 0) fail(path, errno);
}

}  // namespace

void DiskFolder::create(const std::string& path) {
    std::error_code error;
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    if (!parent.empty()) std::filesystem::create_directories(parent, error);
    if (error) fail(parent.string(), error.value());
    if (::mkdir(path.c_str(), S_IRWXU) != 0) fail(path, errno);
    path_ = path;
}

void DiskFolder::write(const std::string& name, std::string_view content) {
    const std::string path = path_ + "/" + name;
    const bool is_plain = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
    if (!is_plain) fail(path, EINVAL);
    const Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.is_open()) fail(path, errno);
    if (const int error = write_all(file.number(), content); error != 0) fail(path, error);
    if (::fsync(file.number()) != 0) fail(path, errno);
    sync_directory(path_);
}

}  // namespace cfee
