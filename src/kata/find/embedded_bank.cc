// SPDX-License-Identifier: Apache-2.0
#include "kata/find/embedded_bank.h"

// The assembler takes the bytes as they are; as an array in C++ they would take a minute to
// compile.
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "kata_foreign_bank:\n"
    ".incbin \"" KATA_FOREIGN_BANK
    "\"\n"
    "kata_foreign_bank_end:\n"
    ".globl kata_foreign_bank\n"
    ".globl kata_foreign_bank_end\n"
    ".text\n");

extern "C" const char kata_foreign_bank[];
extern "C" const char kata_foreign_bank_end[];

namespace kata {

std::string_view embedded_bank() {
  return {kata_foreign_bank, static_cast<std::size_t>(kata_foreign_bank_end - kata_foreign_bank)};
}

}  // namespace kata
