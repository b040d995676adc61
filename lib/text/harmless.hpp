// What comes from outside, as a terminal may see it.
#pragma once

#include <optional>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace cfee {

/// Valid UTF-8 in which nothing acts on a terminal, hides, or turns the order of letters round: such a
/// character is shown as <U+202E>, and a byte that belongs to no character as <FF>. All other text comes back
/// byte by byte. A line's end is such a character too.
[[nodiscard]] std::string harmless(std::string_view text);

/// What a stream shows beside harmless text.
struct Shown {
    bool colours = false;  ///< ours: those few sequences that a report and a progress line are made of
    bool utf8 = true;      ///< else ASCII: a terminal of another encoding takes some bytes for commands
};

/// The one place through which everything is printed: a stream that passes on to another one, line by line,
/// what is harmless. Flushing passes on an unfinished line. What the other one does not take fails this one.
class HarmlessStream final : public std::ostream {
public:
    explicit HarmlessStream(std::ostream& target);
    ~HarmlessStream() override;
    HarmlessStream(const HarmlessStream&) = delete;
    HarmlessStream& operator=(const HarmlessStream&) = delete;

    void show(const Shown& shown) { buffer_.shown = shown; }

private:
    class Buffer final : public std::streambuf {
    public:
        explicit Buffer(std::ostream& target) : target_(target) {}
        Shown shown;

    protected:
        int_type overflow(int_type letter) override;
        std::streamsize xsputn(const char* text, std::streamsize size) override;
        int sync() override;

    private:
        bool pass_on(std::size_t size);

        std::ostream& target_;
        std::string waiting_;
    };
    Buffer buffer_;
};

}  // namespace cfee
