// How text may look on the stream that it is written to. Decided once, by main.
#pragma once

namespace cfee {

struct Style {
    bool has_colour = false;
    bool has_utf8 = false;  ///< else ASCII symbols
    int width = 80;         ///< columns
};

}  // namespace cfee
