#pragma once

#include <stddef.h>
#include <stdint.h>

// Writes a 1-bit greyscale PNG: `height` rows of (width + 7) / 8 bytes, most significant bit first, 1 is white.
// Returns the number of bytes put into `output`, or 0 where `capacity` is too small or libpng fails; its long jumps
// and messages end here.
size_t passerelle_png_write_bilevel(
    const uint8_t *rows, uint32_t width, uint32_t height, uint8_t *output, size_t capacity);

// Writes a PNG of `side` rows of `side` pixels, each of four bytes: red, green, blue, alpha. Returns as above.
size_t passerelle_png_write_rgba(const uint8_t *pixels, uint32_t side, uint8_t *output, size_t capacity);

// How a PNG was read.
typedef enum {
    PASSERELLE_PNG_READ,
    PASSERELLE_PNG_BROKEN,     // not a PNG, or not one that libpng can read
    PASSERELLE_PNG_TOO_LARGE,  // wider or higher than `longest`, or of more than `most` pixels; nothing was unpacked
    PASSERELLE_PNG_NO_MEMORY
} passerelle_png_outcome;

// Reads the middle square of a PNG of any kind, scaled to `side` by `side` pixels of four bytes (as above) in `square`.
// Of a transparent pixel's colour nothing is left. Chunks that are not needed for the picture are skipped unread.
passerelle_png_outcome passerelle_png_read_square(
    const uint8_t *bytes, size_t count, uint32_t longest, uint32_t most, uint32_t side, uint8_t *square);
