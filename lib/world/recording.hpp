// Writes down what passes between the program and the world.
#pragma once

#include <filesystem>
#include <string>

#include "lib/world/descriptor.hpp"
#include "lib/world/host.hpp"
#include "lib/world/transcript.hpp"

namespace cfee {

/// Passes everything on to another Host and writes a transcript, without secrets (redact.hpp). Each line is
/// written at once, so that a program that is killed leaves a good transcript as far as it got.
class Recording final : public Host {
public:
    /// Creates `file`, readable by its owner only, and never follows a symbolic link there. Throws
    /// TranscriptError. `tool` is our version; `kubectl` the program that is written down as "kubectl".
    Recording(Host& host, const std::filesystem::path& file, std::string tool,
              std::string kubectl = "kubectl");
    /// The same into `memory`, which must outlive this: for who does not know yet where it will be kept.
    Recording(Host& host, std::string& memory, std::string tool, std::string kubectl = "kubectl");

    std::vector<Outcome> run(std::span<const Command> batch) override;
    [[nodiscard]] Clock::time_point now() const override;
    void sleep(Clock::duration duration) override;
    void look_begins() override;
    void look_ends() override;

    /// Empty, or a sentence why the transcript is not complete (the disk is full). Nothing is written after
    /// that.
    [[nodiscard]] const std::string& problem() const { return problem_; }

private:
    [[nodiscard]] std::chrono::milliseconds since_start() const;
    void write(const std::string& line);

    Host& host_;
    std::string name_;
    std::string kubectl_;
    Clock::time_point started_;
    Descriptor descriptor_;  // or
    std::string* memory_ = nullptr;
    std::string problem_;
};

/// How a command stands in a transcript: kubectl by that name, without secrets. A replay compares these.
[[nodiscard]] std::vector<std::string> recorded_argv(std::span<const std::string> argv,
                                                     std::string_view kubectl);

}  // namespace cfee
