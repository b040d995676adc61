// What a database said when it was asked in its own language, from inside a pod. That a connection opens
// proves little: a proxy accepts while the database is dead, and so does the kernel of one that is frozen.
#pragma once

#include <string>

namespace cfee {

struct DatabaseAnswer {
    enum class Kind {
        accepts,         ///< it asks for a password, or turns away the stranger that we are to it
        refuses,         ///< an error that others would be told too: too many connections, starting up, ...
        silent,          ///< the connection opens, and then nothing comes
        hangs_up,        ///< the connection opens and is closed before there is an answer
        not_a_database,  ///< something answers, in another language
        no_connection,
        proxy,    ///< it answers for itself, and says nothing of the database behind it
        unknown,  ///< could not be asked
    };
    Kind kind = Kind::unknown;
    std::string text;  ///< one line for a person, where it does not accept
};

}  // namespace cfee
