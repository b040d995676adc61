#include "lib/text/encoding.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace cfee {

namespace {

TEST(Encoding, KnowsUtf8) {
    for (const char* text :
         {"", "plain", "ü", "€", "😀", "\x7f", "\u07ff", "\ud7ff", "\ue000", "\U0010ffff"}) {
        EXPECT_TRUE(is_utf8(text)) << text;
    }
    EXPECT_TRUE(is_utf8(std::string("\0", 1)));
    const std::vector<std::string> wrong = {
        "\x80",              // continues nothing
        "\xc3",              // cut off
        "\xe2\x82",          // cut off
        "\xc0\xaf",          // overlong
        "\xc1\xbf",          // overlong
        "\xe0\x9f\xbf",      // overlong
        "\xf0\x8f\xbf\xbf",  // overlong
        "\xed\xa0\x80",      // surrogate
        "\xf4\x90\x80\x80",  // beyond the end
        "\xf5\x80\x80\x80",  // beyond the end
        "\xff",
        "\xe2\x28\xa1",
        "a\xfe",
    };
    for (const std::string& bytes : wrong) EXPECT_FALSE(is_utf8(bytes)) << bytes;
}

TEST(Encoding, WritesAndReadsBase64) {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xff\xfe\xfb", "//77"},
    };
    for (const auto& [bytes, text] : table) {
        EXPECT_EQ(base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
    std::string all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
    EXPECT_EQ(from_base64(base64(all)), all);
    for (const char* wrong : {"Z", "Zg", "Zg=", "Z===", "====", "Zm9v!m9v", "Zg==Zg==", " m9v"}) {
        EXPECT_EQ(from_base64(wrong), std::nullopt) << wrong;
    }
}

}  // namespace

}  // namespace cfee
