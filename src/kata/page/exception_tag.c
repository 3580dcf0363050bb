/* SPDX-License-Identifier: Apache-2.0 */
/* The tag of C++ exceptions in WebAssembly, which zig's runtime does not define. */
__asm__(".tagtype __cpp_exception i32\n.globl __cpp_exception\n__cpp_exception:\n");
