#include "lib/text/redact.hpp"
#include "tests/fuzzing/fuzzing.hpp"

using namespace cfee;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    const std::string once = redacted(text);
    demand(redacted(once) == once, "redacting twice changes nothing more");
    const std::string document = redacted_json(text);
    if (document.starts_with('{')) demand(redacted_json(document) == document, "nor of a document");
    const std::string words[] = {"kubectl", std::string(text), "--token", std::string(text)};
    demand(redacted_argv(words).size() == std::size(words), "no word of a command is lost");
    return 0;
}
