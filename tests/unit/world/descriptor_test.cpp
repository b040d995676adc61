#include "lib/world/descriptor.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "tests/unit/world/support.hpp"

namespace cfee {

namespace {

bool is_open(int number) {
    return ::fcntl(number, F_GETFD) != -1;
}

TEST(Descriptor, IsClosedByItsLastOwnerOnly) {
    int number = -1;
    {
        Descriptor first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        number = first.number();
        ASSERT_TRUE(first.is_open());
        {
            Descriptor second(std::move(first));
            EXPECT_EQ(second.number(), number);
            first = std::move(second);
        }
        EXPECT_TRUE(is_open(number));
    }
    EXPECT_FALSE(is_open(number));
}

TEST(Descriptor, IsLeftOpenWhereSomebodyElseTakesIt) {
    int number = -1;
    {
        Descriptor released(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        number = released.release();
        EXPECT_FALSE(released.is_open());
    }
    EXPECT_TRUE(is_open(number));
    ::close(number);
}

TEST(WriteAll, WritesAllOrSaysWhyNot) {
    const TemporaryDirectory directory;
    const std::string path = (directory.path() / "file").string();
    const std::string text(300'000, 'x');
    {
        const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        EXPECT_EQ(write_all(file.number(), text), 0);
        EXPECT_EQ(write_all(file.number(), ""), 0);
    }
    EXPECT_EQ(contents(path), text);
    EXPECT_EQ(write_all(-1, "x"), EBADF);
    const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    EXPECT_EQ(write_all(full.number(), "x"), ENOSPC);
}

}  // namespace

}  // namespace cfee
