// An open file's number, and what is done with one in more than one place.
#pragma once

#include <string_view>

namespace cfee {

/// A descriptor that is closed when it goes out of scope. -1 is none.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ != -1; }
    /// Somebody else closes it from now on.
    [[nodiscard]] int release();

private:
    int number_;
};

/// Writes all of it, however many calls that takes, also when signals interrupt. Returns 0 or an errno.
[[nodiscard]] int write_all(int descriptor, std::string_view bytes);

}  // namespace cfee
