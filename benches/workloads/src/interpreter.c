// A bytecode interpreter, one big switch over a stack machine, that runs a program counting Collatz steps.
// A unit is the program for 1000 start values.
#include "bench.h"

enum { PUSH, LOAD, STORE, ADD, SUB, MUL, AND, SHR, LESS, EQUAL, JUMP, JUMP_IF, JUMP_UNLESS, DUP, SWAP, DROP, HALT };

// Variables: 0 start value, 1 last start value, 2 current value, 3 steps, 4 sum.
// The program, assembled anew for each run.
static i32 code[128];
static u32 length;
static u32 here(void) { return length; }
static void emit(i32 word) { code[length++] = word; }
static void emit2(i32 op, i32 arg) { emit(op); emit(arg); }

static void assemble(void) {
    length = 0;
    u32 outer = here();
    emit2(LOAD, 0), emit2(LOAD, 1), emit(LESS), emit2(JUMP_UNLESS, 0);
    u32 to_end = length - 1;
    emit2(LOAD, 0), emit2(STORE, 2), emit2(PUSH, 0), emit2(STORE, 3);
    u32 inner = here();
    emit2(LOAD, 2), emit2(PUSH, 1), emit(EQUAL), emit2(JUMP_IF, 0);
    u32 to_done = length - 1;
    emit2(LOAD, 2), emit(DUP), emit2(PUSH, 1), emit(AND), emit2(JUMP_IF, 0);
    u32 to_odd = length - 1;
    emit2(PUSH, 1), emit(SHR), emit2(JUMP, 0);
    u32 to_step = length - 1;
    code[to_odd] = (i32)here();
    emit2(PUSH, 3), emit(MUL), emit2(PUSH, 1), emit(ADD);
    code[to_step] = (i32)here();
    emit2(STORE, 2), emit2(LOAD, 3), emit2(PUSH, 1), emit(ADD), emit2(STORE, 3), emit2(JUMP, (i32)inner);
    code[to_done] = (i32)here();
    emit2(LOAD, 4), emit2(LOAD, 3), emit(ADD), emit2(STORE, 4);
    emit2(PUSH, 1), emit2(LOAD, 0), emit(SWAP), emit(ADD), emit2(STORE, 0), emit2(JUMP, (i32)outer);
    code[to_end] = (i32)here();
    emit(HALT);
}

static NOINLINE void interpret(u32 variables[8]) {
    u32 stack[64], *sp = stack;
    for (const i32 *pc = code;;) switch (*pc++) {
        case PUSH: *sp++ = (u32)*pc++; break;
        case LOAD: *sp++ = variables[*pc++]; break;
        case STORE: variables[*pc++] = *--sp; break;
        case ADD: sp--; sp[-1] += sp[0]; break;
        case SUB: sp--; sp[-1] -= sp[0]; break;
        case MUL: sp--; sp[-1] *= sp[0]; break;
        case AND: sp--; sp[-1] &= sp[0]; break;
        case SHR: sp--; sp[-1] >>= sp[0] & 31; break;
        case LESS: sp--; sp[-1] = sp[-1] < sp[0]; break;
        case EQUAL: sp--; sp[-1] = sp[-1] == sp[0]; break;
        case JUMP: pc = code + *pc; break;
        case JUMP_IF: pc = *--sp ? code + *pc : pc + 1; break;
        case JUMP_UNLESS: pc = *--sp ? pc + 1 : code + *pc; break;
        case DUP: sp[0] = sp[-1]; sp++; break;
        case SWAP: { u32 t = sp[-1]; sp[-1] = sp[-2]; sp[-2] = t; break; }
        case DROP: sp--; break;
        case HALT: return;
        default: __builtin_trap();
    }
}

i64 run(i32 n) {
    assemble();
    u64 sum = 0;
    for (i32 round = 0; round < n; round++) {
        u32 variables[8] = {1, 1001};
        variables[0] += (u32)round;
        variables[1] += (u32)round;
        interpret(variables);
        sum = mix(sum, variables[4]);
    }
    return (i64)sum;
}
