// A tokenizer and recursive-descent evaluator of arithmetic expressions, over a generated text: branches on bytes.
// A unit is the whole text (about 64 kB) once.
#include "bench.h"

static u8 text[1 << 17];
static const u8 *at;

static i64 expression(void);

static void space(void) { while (*at == ' ' || *at == '\n') at++; }

static i64 number(void) {
    i64 value = 0;
    if (at[0] == '0' && at[1] == 'x') {
        for (at += 2;; at++) {
            u32 digit;
            if (*at >= '0' && *at <= '9') digit = *at - '0';
            else if (*at >= 'a' && *at <= 'f') digit = *at - 'a' + 10;
            else break;
            value = value * 16 + digit;
        }
    } else {
        while (*at >= '0' && *at <= '9') value = value * 10 + (*at++ - '0');
    }
    return value;
}

static i64 primary(void) {
    space();
    i64 value;
    switch (*at) {
        case '(': at++; value = expression(); space(); if (*at++ != ')') __builtin_trap(); return value;
        case '-': at++; return -primary();
        case '~': at++; return ~primary();
        case '!': at++; return !primary();
        default: return number();
    }
}

static i64 product(void) {
    i64 value = primary();
    for (;;) {
        space();
        switch (*at) {
            case '*': at++; value = (i64)((u64)value * (u64)primary()); break;
            case '/': { at++; i64 by = primary(); value = by > 0 ? value / by : value; break; }
            case '%': { at++; i64 by = primary(); value = by > 0 ? value % by : 0; break; }
            default: return value;
        }
    }
}

static i64 expression(void) {
    i64 value = product();
    for (;;) {
        space();
        switch (*at) {
            case '+': at++; value = (i64)((u64)value + (u64)product()); break;
            case '-': at++; value = (i64)((u64)value - (u64)product()); break;
            case '&': at++; value &= product(); break;
            case '|': at++; value |= product(); break;
            default: return value;
        }
    }
}

static u8 *write_expression(Random *r, u8 *out, u32 depth) {
    static const u8 operators[8] = "+-*/%&|+";
    u32 terms = 1 + below(r, 4);
    for (u32 i = 0; i < terms; i++) {
        if (i) { *out++ = ' '; *out++ = operators[below(r, 8)]; *out++ = ' '; }
        u32 kind = below(r, 8);
        if (kind == 0) *out++ = (u8)"-~!"[below(r, 3)];
        if (depth && kind < 4) {
            *out++ = '(';
            out = write_expression(r, out, depth - 1);
            *out++ = ')';
        } else if (kind == 5) {
            *out++ = '0', *out++ = 'x';
            for (u32 k = 1 + below(r, 7); k; k--) *out++ = (u8)"0123456789abcdef"[below(r, 16)];
        } else {
            *out++ = (u8)('1' + below(r, 9));
            for (u32 k = below(r, 6); k; k--) *out++ = (u8)('0' + below(r, 10));
        }
    }
    return out;
}

i64 run(i32 n) {
    Random random = {29};
    u8 *end = text;
    while (end < text + 65536) {
        end = write_expression(&random, end, 4);
        *end++ = ';';
        *end++ = '\n';
    }
    *end = 0;
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        at = text;
        while (*at) {
            sum = mix(sum, (u64)expression());
            if (*at++ != ';') __builtin_trap();
            space();
        }
    }
    return (i64)sum;
}
