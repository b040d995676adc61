// A private directory for evidence.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace cfee {

/// Evidence could not be written; one sentence for people.
struct FolderError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The directory, beside Host: with a fake of its own in tests.
class Folder {
public:
    Folder() = default;
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    virtual ~Folder() = default;

    /// Makes the directory, 0700, with its parents. It must not be there yet. Throws FolderError.
    virtual void create(const std::string& path) = 0;
    /// Writes a file of the directory, 0600, and returns once it is on disk. Throws FolderError, also where
    /// the name would lead out of the directory.
    virtual void write(const std::string& name, std::string_view content) = 0;
};

/// The real one.
class DiskFolder final : public Folder {
public:
    void create(const std::string& path) override;
    void write(const std::string& name, std::string_view content) override;

private:
    std::string path_;
};

}  // namespace cfee
