// Looks at the cluster: asks, and judges nothing.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>

#include "lib/cluster/kubectl.hpp"
#include "lib/facts/snapshot.hpp"
#include "lib/world/host.hpp"

namespace cfee {

struct LookOptions {
    Kubectl kubectl;
    Address address;  ///< to probe whatever Cloud Controller's configuration says; unknown: ask it
    std::chrono::seconds probe_timeout{5};
    std::function<void(std::string_view)> progress;  ///< told what is being waited for; may be empty
};

/// Two rounds: pods, services, endpoints, statefulsets and the context at once; then all execs at once. A
/// third between them, only where a role's label finds no Cloud Controller or no BBS, or where a list was
/// refused; one behind them, where no BBS serves: for the databases, and where the first round looked well
/// for Locket's own side. Where one serves and nobody holds the auctioneer's lock, one for its pods, and where
/// there are some one for what keeps it.
///
/// `before` is an earlier look of this run, where there is one: a Locket that hung in it less than
/// `locks_rest` ago is not asked again, only its port is tried, and neither is a database that was asked less
/// than `databases_rest` ago; the earlier answer counts, with its age.
[[nodiscard]] Snapshot look(Host& host, const LookOptions& options, const Snapshot* before = nullptr);

/// The first round alone, and no exec: what to ask the API server again and again.
[[nodiscard]] Snapshot glance(Host& host, const LookOptions& options);

/// What a glance that was taken just now lacks to be a look.
[[nodiscard]] Snapshot look_on(Host& host, const LookOptions& options, Snapshot glanced,
                               const Snapshot* before = nullptr);

/// Each question to a hung Locket costs it a connection of its pool (200) for good.
inline constexpr std::chrono::seconds locks_rest{60};
/// MySQL counts clients that leave in mid-handshake, and shuts out their address after max_connect_errors.
inline constexpr std::chrono::seconds databases_rest{60};

}  // namespace cfee
