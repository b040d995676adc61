#include "lib/world/folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cfee {

namespace {

namespace fs = std::filesystem;

class DiskFolderTest : public testing::Test {
protected:
    DiskFolderTest() {
        std::string name = (fs::temp_directory_path() / "folder-XXXXXX").string();
        top = ::mkdtemp(name.data());
    }
    ~DiskFolderTest() override { fs::remove_all(top); }

    static unsigned mode_of(const fs::path& path) {
        struct stat status {};
        EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
        return status.st_mode & 07777U;
    }
    static std::string content_of(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    fs::path top;
    DiskFolder folder;
};

TEST_F(DiskFolderTest, IsThereForItsOwnerOnly) {
    const fs::path path = top / "a" / "b";
    folder.create(path.string());
    folder.write("one.log", std::string(200000, 'x') + '\0' + "\n");
    EXPECT_EQ(mode_of(path), 0700U);
    EXPECT_EQ(mode_of(path / "one.log"), 0600U);
    EXPECT_EQ(content_of(path / "one.log"), std::string(200000, 'x') + '\0' + "\n");
}

TEST_F(DiskFolderTest, MustBeNew) {
    EXPECT_THROW(folder.create(top.string()), FolderError);
    std::ofstream(top / "file") << "taken";
    EXPECT_THROW(folder.create((top / "file").string()), FolderError);
    EXPECT_THROW(folder.create((top / "file" / "below").string()), FolderError);
    EXPECT_EQ(content_of(top / "file"), "taken");
}

TEST_F(DiskFolderTest, WritesNowhereElse) {
    folder.create((top / "mine").string());
    for (const char* name : {"", ".", "..", ".hidden", "../out", "a/b", "/out"})
        EXPECT_THROW(folder.write(name, "x"), FolderError) << name;
    std::ofstream(top / "other") << "untouched";
    fs::create_symlink(top / "other", top / "mine" / "link");
    EXPECT_THROW(folder.write("link", "x"), FolderError);
    EXPECT_EQ(content_of(top / "other"), "untouched");
    EXPECT_EQ(std::distance(fs::directory_iterator(top), {}), 2);
}

}  // namespace

}  // namespace cfee
