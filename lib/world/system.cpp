// Longer than others because Boost lives in this one file.
// The only file that includes Boost: processes by Boost.Process v2, waiting by Asio. Plain callbacks, no
// coroutines (GCC 12.2 miscompiles some of those). Faults of Boost 1.81 that shape this file:
//  * async_wait with pidfds may block for ever: SIGCHLD is used instead (CMakeLists.txt), and a child is
//    reaped only after its output has been read to the end;
//  * cancelling async_wait may be lost: nothing is cancelled; a child is killed and our ends of its pipes are
//    closed, and all that was pending ends by itself;
//  * the child of a failed exec calls exit(), and stays a zombie: ChildSetup and Child::start see to both;
//  * descriptors are not kept from the child: ChildSetup does;
//  * exit status 9 and SIGKILL look the same in exit_code(): the native status is used.
#include "lib/world/system.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/process/v2/posix/default_launcher.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/stdio.hpp>
#include <cerrno>
#include <csignal>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "lib/world/descriptor.hpp"
#include "lib/world/inherited.hpp"
#include "lib/world/program.hpp"

namespace cfee {

namespace {

namespace asio = boost::asio;
namespace process = boost::process::v2;
using boost::system::error_code;
using std::chrono::steady_clock;
using Executor = asio::io_context::executor_type;
using Launcher = process::posix::default_launcher;

/// How long output is awaited after the child itself has ended: a grandchild may hold the pipe for ever.
constexpr std::chrono::milliseconds patience_after_exit{500};
constexpr std::size_t block_size = 65536;  // a pipe holds no more

error_code last_error() {
    return {errno, boost::system::system_category()};
}

/// A file in memory, and not a pipe: so that a child that never reads it cannot hold us, nor one that closes
/// it early kill us by SIGPIPE.
Descriptor readable_from(const std::string& text, error_code& error) {
    if (text.empty()) {
        Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        if (nothing.number() == -1) error = last_error();
        return nothing;
    }
    Descriptor file(::memfd_create("stdin", MFD_CLOEXEC));
    if (file.number() == -1) error = last_error();
    if (!error) error.assign(write_all(file.number(), text), boost::system::system_category());
    if (!error && ::lseek(file.number(), 0, SEEK_SET) == -1) error = last_error();
    return file;
}

/// What happens in the child between fork and exec.
struct ChildSetup {
    error_code on_exec_setup(Launcher&, const process::filesystem::path&, const char* const*) {
        ::setpgid(0, 0);
        const sigset_t ours = interrupts();
        ::sigprocmask(SIG_UNBLOCK, &ours, nullptr);
        std::signal(SIGPIPE, SIG_DFL);
        if (::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {  // before Linux 5.11
            const long most = std::min(::sysconf(_SC_OPEN_MAX), 65536L);
            for (int number = STDERR_FILENO + 1; number < most; ++number)
                ::fcntl(number, F_SETFD, FD_CLOEXEC);
        }
        return {};
    }

    /// The launcher would call exit(): our handlers would run twice, and unflushed output appear twice.
    template <typename... Whatever>
    void on_exec_error(const Whatever&...) {
        ::_exit(127);
    }
};

struct Stream {
    explicit Stream(asio::io_context& context) : pipe(context), block(new char[block_size]) {}

    asio::basic_readable_pipe<Executor> pipe;
    std::unique_ptr<char[]> block;
    std::string text;
};

class Child {
public:
    Child(asio::io_context& context, const Command& command, std::size_t ceiling)
        : context_(context),
          command_(command),
          ceiling_(ceiling),
          out_(context),
          err_(context),
          timer_(context) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { stop(Outcome::End::not_started); }

    /// `ended` is called once, when the child has been reaped. False: it could not be started, and never is.
    bool start(std::function<void()> ended);
    /// Kills the child and all it started, as far as it has not ended.
    void stop(Outcome::End why);
    /// To be called after SIGCHLD.
    void notice_exit();
    [[nodiscard]] Outcome take_outcome();

private:
    bool launch(error_code& error);
    bool refuse(std::string why);
    void set_timer();
    void read(Stream& stream);
    void reap();
    void reaped(const error_code& error);
    void close_pipes();

    asio::io_context& context_;
    const Command& command_;
    std::size_t ceiling_;
    Stream out_;
    Stream err_;
    asio::steady_timer timer_;
    std::function<void()> ended_;
    std::optional<process::basic_process<Executor>> process_;  // while it has not been reaped
    std::optional<Outcome::End> stopped_;
    int unread_streams_ = 2;
    bool has_exited_ = false;
    steady_clock::time_point began_ = steady_clock::now();
    steady_clock::time_point deadline_;
    Outcome outcome_;
};

bool Child::start(std::function<void()> ended) {
    if (command_.argv.empty()) return refuse("no program was named");
    for (const std::string& argument : command_.argv) {
        if (argument.find('\0') != std::string::npos) return refuse("an argument contains a NUL character");
    }
    error_code error;
    if (!launch(error)) return outcome_.err.empty() ? refuse("cannot be started: " + error.message()) : false;
    ended_ = std::move(ended);
    // A year stands for "no limit"; without it the sum could overflow.
    deadline_ = began_ + std::min<std::chrono::milliseconds>(command_.limit, std::chrono::hours(24 * 365));
    set_timer();
    read(out_);
    read(err_);
    return true;
}

bool Child::launch(error_code& error) {
    const Program program = find_program(command_.argv.front());
    if (program.path.empty()) return refuse(program.problem);

    int out[2];
    if (::pipe2(out, O_CLOEXEC) != 0) return error = last_error(), false;
    Descriptor our_out(out[0]);
    const Descriptor their_out(out[1]);
    int err[2];
    if (::pipe2(err, O_CLOEXEC) != 0) return error = last_error(), false;
    Descriptor our_err(err[0]);
    const Descriptor their_err(err[1]);
    const Descriptor input = readable_from(command_.input, error);
    if (!error) out_.pipe.assign(our_out.release(), error);
    if (!error) err_.pipe.assign(our_err.release(), error);
    if (error) return false;

    const std::vector<std::string> arguments(command_.argv.begin() + 1, command_.argv.end());
    process::process_stdio stdio{input.number(), their_out.number(), their_err.number()};
    ChildSetup setup;
    Launcher launcher;
    auto started = launcher(context_.get_executor(), error, program.path, arguments, stdio, setup);
    if (error) {
        if (launcher.pid > 0) ::waitpid(launcher.pid, nullptr, 0);
        close_pipes();
        if (error.value() == ENOENT)
            return refuse(program.path + ": cannot be started, its interpreter is missing");
        return refuse(program.path + ": cannot be started: " + error.message());
    }
    process_.emplace(std::move(started));
    return true;
}

bool Child::refuse(std::string why) {
    outcome_.end = Outcome::End::not_started;
    outcome_.err = std::move(why);
    return false;
}

void Child::set_timer() {
    timer_.expires_at(deadline_);
    timer_.async_wait([this](const error_code& error) {
        if (error) return;  // it has been set anew, or is no longer needed
        if (has_exited_) {
            close_pipes();
        } else {
            stop(Outcome::End::timed_out);
        }
    });
}

void Child::read(Stream& stream) {
    const auto buffer = asio::buffer(stream.block.get(), block_size);
    stream.pipe.async_read_some(buffer, [this, &stream](const error_code& error, std::size_t size) {
        if (error) {  // most often: its end
            error_code ignored;
            stream.pipe.close(ignored);
            if (--unread_streams_ == 0) reap();
            return;
        }
        const std::size_t room = ceiling_ - stream.text.size();
        stream.text.append(stream.block.get(), std::min(size, room));
        if (size > room) stop(Outcome::End::too_much_output);
        read(stream);
    });
}

void Child::reap() {
    process_->async_wait([this](const error_code& error, int) { reaped(error); });
}

void Child::reaped(const error_code& error) {
    const int status = process_->native_exit_code();
    process_.reset();
    timer_.cancel();
    if (error) {
        refuse("its exit status could not be found out: " + error.message());
    } else if (stopped_) {
        outcome_.end = *stopped_;
    } else if (WIFEXITED(status)) {
        outcome_.end = Outcome::End::exited;
        outcome_.code = WEXITSTATUS(status);
    } else {
        outcome_.end = Outcome::End::signalled;
        outcome_.code = WTERMSIG(status);
    }
    outcome_.took = std::chrono::round<std::chrono::milliseconds>(steady_clock::now() - began_);
    ended_();
}

void Child::stop(Outcome::End why) {
    if (!process_) return;
    if (!stopped_) stopped_ = why;
    // It has not been reaped, so its number cannot have passed to anybody else.
    ::kill(-process_->id(), SIGKILL);
    ::kill(process_->id(), SIGKILL);
    close_pipes();
}

void Child::close_pipes() {
    error_code ignored;
    out_.pipe.close(ignored);
    err_.pipe.close(ignored);
}

void Child::notice_exit() {
    if (!process_ || has_exited_) return;
    siginfo_t info = {};
    const auto id = static_cast<id_t>(process_->id());
    // Only a look: reaping it now would free its number, which is the name of its group too.
    if (::waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != process_->id()) return;
    has_exited_ = true;
    deadline_ = std::min(deadline_, steady_clock::now() + patience_after_exit);
    set_timer();
}

Outcome Child::take_outcome() {
    outcome_.out = std::move(out_.text);
    if (outcome_.err.empty()) outcome_.err = std::move(err_.text);
    return std::move(outcome_);
}

/// One call of System::run.
class Batch {
public:
    explicit Batch(std::span<const Command> commands, std::size_t ceiling);
    std::vector<Outcome> run();

private:
    void watch_exits();
    void watch_interrupts();
    void one_has_ended();

    asio::io_context context_{1};
    asio::signal_set exits_{context_, SIGCHLD};
    asio::posix::basic_stream_descriptor<Executor> interrupts_{context_};
    std::vector<std::unique_ptr<Child>> children_;
    std::size_t running_ = 0;
    int interrupted_by_ = 0;
};

Batch::Batch(std::span<const Command> commands, std::size_t ceiling) {
    const sigset_t set = cfee::interrupts();
    const int descriptor = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor == -1) throw boost::system::system_error(last_error());
    interrupts_.assign(descriptor);
    children_.reserve(commands.size());
    for (const Command& command : commands) {
        children_.push_back(std::make_unique<Child>(context_, command, ceiling));
    }
}

std::vector<Outcome> Batch::run() {
    for (const auto& child : children_) {
        if (child->start([this] { one_has_ended(); })) ++running_;
    }
    if (running_ > 0) {
        watch_exits();
        watch_interrupts();
        context_.run();
    }
    if (interrupted_by_ != 0) throw Interrupted{interrupted_by_};
    std::vector<Outcome> outcomes;
    outcomes.reserve(children_.size());
    for (const auto& child : children_) outcomes.push_back(child->take_outcome());
    return outcomes;
}

void Batch::watch_exits() {
    exits_.async_wait([this](const error_code& error, int) {
        // Cancelling comes too late for a call that is already queued: it arrives here without an error.
        if (error || running_ == 0) return;
        for (const auto& child : children_) child->notice_exit();
        watch_exits();
    });
}

void Batch::watch_interrupts() {
    interrupts_.async_wait(asio::posix::descriptor_base::wait_read, [this](const error_code& error) {
        if (error) return;
        // Taken from the queue of pending signals; a second one waits there for the next call.
        interrupted_by_ = await_interrupt(std::chrono::nanoseconds(0));
        if (interrupted_by_ == 0) return watch_interrupts();
        for (const auto& child : children_) child->stop(Outcome::End::signalled);
    });
}

void Batch::one_has_ended() {
    if (--running_ > 0) return;
    error_code ignored;
    exits_.cancel(ignored);
    interrupts_.close(ignored);
}

}  // namespace

System::System(std::size_t ceiling) : ceiling_(ceiling) {
    settle_process();
}

std::vector<Outcome> System::run(std::span<const Command> batch) {
    if (const int signal = await_interrupt(std::chrono::nanoseconds(0))) throw Interrupted{signal};
    if (batch.empty()) return {};
    try {
        return Batch(batch, ceiling_).run();
    } catch (const boost::system::system_error& error) {  // e.g. too many open files
        const Outcome refused{.err = "cannot be started: " + error.code().message()};
        return std::vector<Outcome>(batch.size(), refused);
    }
}

Clock::time_point System::now() const {
    return Clock::now();
}

void System::sleep(Clock::duration duration) {
    if (const int signal = await_interrupt(duration)) throw Interrupted{signal};
}

}  // namespace cfee
