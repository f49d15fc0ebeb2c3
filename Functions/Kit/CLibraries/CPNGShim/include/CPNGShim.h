#pragma once

#include <stddef.h>
#include <stdint.h>

// Writes a 1-bit greyscale PNG: `height` rows of (width + 7) / 8 bytes, most significant bit first, 1 is white.
// Returns the number of bytes put into `output`, or 0 where `capacity` is too small or libpng fails; its long jumps
// and messages end here.
size_t passerelle_png_write_bilevel(
    const uint8_t *rows, uint32_t width, uint32_t height, uint8_t *output, size_t capacity);
