// The scripts of in_pod/, as they are sent: without comments and indentation, since they travel in a URL.
#pragma once

#include <string_view>

namespace cfee {

/// Sent as `sh -c TEXT NAME VERSION ARGUMENT=VALUE...`: a recording is found by the name and by the arguments
/// that change the question (lib/world/question.hpp), so that it outlives any change of the text. The script
/// ends what it says with its version, so that a reader knows which parts it may expect.
struct Script {
    std::string_view name;
    std::string_view version;
    std::string_view text;
};

extern const Script cloud_controller_script;  ///< in Cloud Controller's pods
extern const Script bbs_script;               ///< in BBS pods: what every look needs
/// In Locket's own pods, and in BBS pods that carry Locket where a look shows need.
extern const Script locket_script;
/// In BBS and Locket pods where a look shows need. Recordings of older versions lack it: it only adds.
extern const Script stacks_script;
/// In BBS and Locket pods behind the others, where those leave open whether a database answers. It only adds too.
extern const Script database_script;
/// In BBS pods behind the others, where no BBS seems to run in any. It only adds too.
extern const Script supervision_script;
/// In the auctioneer's pods, where nobody holds its lock; and each Locket at its own address, from a BBS pod. They
/// only add as well.
extern const Script auctioneer_script;
extern const Script lockets_script;
/// For the evidence, in BBS and Locket pods: a whole profile of goroutines.
extern const Script dump_script;

}  // namespace cfee
