#include "CPNGShim.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

typedef struct {
    uint8_t *bytes;
    size_t capacity;
    size_t used;
} sink;

static void append(png_structp png, png_bytep bytes, size_t count) {
    sink *target = png_get_io_ptr(png);
    if (count > target->capacity - target->used) png_error(png, "output full");
    memcpy(target->bytes + target->used, bytes, count);
    target->used += count;
}

static void ignore_flush(png_structp png) { (void)png; }

static void fail_silently(png_structp png, png_const_charp reason) {
    (void)reason;
    png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp reason) {
    (void)png;
    (void)reason;
}

typedef struct {
    const uint8_t *rows;
    size_t stride;
    uint32_t width;
    uint32_t height;
    int depth;
    int colours;
    int filters;
} picture;

static size_t write_picture(const picture *picture, uint8_t *output, size_t capacity) {
    sink target = {output, capacity, 0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail_silently, ignore_warning);
    if (png == NULL) return 0;
    png_infop info = png_create_info_struct(png);
    if (info == NULL || setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&png, &info);
        return 0;
    }
    png_set_write_fn(png, &target, append, ignore_flush);
    png_set_filter(png, 0, picture->filters);
    png_set_IHDR(
        png, info, picture->width, picture->height, picture->depth, picture->colours, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (uint32_t row = 0; row < picture->height; row++)
        png_write_row(png, picture->rows + row * picture->stride);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return target.used;
}

size_t passerelle_png_write_bilevel(
    const uint8_t *rows, uint32_t width, uint32_t height, uint8_t *output, size_t capacity) {
    picture picture = {
        rows, ((size_t)width + 7) / 8, width, height, 1, PNG_COLOR_TYPE_GRAY, PNG_FILTER_NONE};
    return write_picture(&picture, output, capacity);
}

size_t passerelle_png_write_rgba(const uint8_t *pixels, uint32_t side, uint8_t *output, size_t capacity) {
    picture picture = {
        pixels, (size_t)side * 4, side, side, 8, PNG_COLOR_TYPE_RGB_ALPHA, PNG_ALL_FILTERS};
    return write_picture(&picture, output, capacity);
}
