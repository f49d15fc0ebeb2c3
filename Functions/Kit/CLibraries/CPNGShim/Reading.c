#include "CPNGShim.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const uint8_t *bytes;
    size_t count;
    png_structp png;
    png_infop info;
    uint32_t width;
    uint32_t height;
    uint8_t *pixels;
    passerelle_png_outcome outcome;
} reading;

// What colours, text, clocks and cameras leave in a file; the palette and its transparency are not among them.
static const png_byte skipped[] =
    "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0sCAL\0sPLT\0sRGB\0tEXt\0tIME\0zTXt";

static void take(png_structp png, png_bytep target, size_t count) {
    reading *source = png_get_io_ptr(png);
    if (count > source->count) png_error(png, "input ends");
    memcpy(target, source->bytes, count);
    source->bytes += count;
    source->count -= count;
}

static void fail_silently(png_structp png, png_const_charp reason) {
    (void)reason;
    png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp reason) {
    (void)png;
    (void)reason;
}

// Whatever the file's kind, rows of red, green, blue and alpha come out, eight bits each.
static void ask_for_rgba(reading *self) {
    png_set_expand(self->png);
    png_set_scale_16(self->png);
    png_set_gray_to_rgb(self->png);
    png_set_add_alpha(self->png, 0xff, PNG_FILLER_AFTER);
}

static void read_pixels(reading *self, uint32_t longest, uint32_t most) {
    self->outcome = PASSERELLE_PNG_BROKEN;
    if (setjmp(png_jmpbuf(self->png)) != 0) return;
    png_set_read_fn(self->png, self, take);
    png_set_keep_unknown_chunks(self->png, PNG_HANDLE_CHUNK_NEVER, skipped, (int)(sizeof skipped / 5));
    png_set_user_limits(self->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(self->png, 64 << 10);
    png_read_info(self->png, self->info);
    self->width = png_get_image_width(self->png, self->info);
    self->height = png_get_image_height(self->png, self->info);
    if (self->width > longest || self->height > longest || (uint64_t)self->width * self->height > most) {
        self->outcome = PASSERELLE_PNG_TOO_LARGE;
        return;
    }
    ask_for_rgba(self);
    int passes = png_set_interlace_handling(self->png);
    png_read_update_info(self->png, self->info);
    size_t stride = (size_t)self->width * 4;
    if (png_get_rowbytes(self->png, self->info) != stride) return;
    self->pixels = calloc(self->height, stride);
    if (self->pixels == NULL) {
        self->outcome = PASSERELLE_PNG_NO_MEMORY;
        return;
    }
    for (int pass = 0; pass < passes; pass++)
        for (uint32_t row = 0; row < self->height; row++)
            png_read_row(self->png, self->pixels + row * stride, NULL);
    self->outcome = PASSERELLE_PNG_READ;
}

// The mean of the pixels that lie under one of the square's, colours weighed by how opaque they are.
static void average(const reading *self, const uint32_t x[2], const uint32_t y[2], uint8_t *pixel) {
    uint64_t sums[3] = {0, 0, 0}, alpha = 0, count = (uint64_t)(x[1] - x[0]) * (y[1] - y[0]);
    for (uint32_t row = y[0]; row < y[1]; row++) {
        const uint8_t *source = self->pixels + ((size_t)row * self->width + x[0]) * 4;
        for (uint32_t column = x[0]; column < x[1]; column++, source += 4) {
            for (int colour = 0; colour < 3; colour++) sums[colour] += (uint64_t)source[colour] * source[3];
            alpha += source[3];
        }
    }
    for (int colour = 0; colour < 3; colour++)
        pixel[colour] = alpha == 0 ? 0 : (uint8_t)((sums[colour] + alpha / 2) / alpha);
    pixel[3] = (uint8_t)((alpha + count / 2) / count);
}

static void span(uint32_t start, uint32_t size, uint32_t side, uint32_t index, uint32_t bounds[2]) {
    bounds[0] = start + (uint32_t)((uint64_t)index * size / side);
    bounds[1] = start + (uint32_t)((uint64_t)(index + 1) * size / side);
    if (bounds[1] == bounds[0]) bounds[1]++;
}

static void scale_middle(const reading *self, uint32_t side, uint8_t *square) {
    uint32_t size = self->width < self->height ? self->width : self->height;
    for (uint32_t row = 0; row < side; row++) {
        uint32_t y[2];
        span((self->height - size) / 2, size, side, row, y);
        for (uint32_t column = 0; column < side; column++, square += 4) {
            uint32_t x[2];
            span((self->width - size) / 2, size, side, column, x);
            average(self, x, y, square);
        }
    }
}

passerelle_png_outcome passerelle_png_read_square(
    const uint8_t *bytes, size_t count, uint32_t longest, uint32_t most, uint32_t side, uint8_t *square) {
    reading self = {.bytes = bytes, .count = count, .outcome = PASSERELLE_PNG_NO_MEMORY};
    self.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fail_silently, ignore_warning);
    if (self.png == NULL) return self.outcome;
    self.info = png_create_info_struct(self.png);
    if (self.info != NULL) read_pixels(&self, longest, most);
    png_destroy_read_struct(&self.png, &self.info, NULL);
    if (self.outcome == PASSERELLE_PNG_READ) scale_middle(&self, side, square);
    free(self.pixels);
    return self.outcome;
}
