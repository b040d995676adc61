#include "lib/runbook/sha256.hpp"

#include <sha2.h>

#include <array>

namespace cfee {

std::string sha256(std::string_view text) {
    std::array<char, SHA256_DIGEST_STRING_LENGTH> digits{};
    SHA256Data(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digits.data());
    return digits.data();
}

}  // namespace cfee
