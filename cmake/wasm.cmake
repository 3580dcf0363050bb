# SPDX-License-Identifier: Apache-2.0
# Toolchain file: WebAssembly with the Clang, wasi-libc and libc++ of the pinned zig (tools/page-packages.txt).
# cmake/Page.cmake builds the C++ runtime from the same package: zig's own has neither exceptions nor files.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(KATA_PAGE ON)

get_filename_component(kata_root ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)
execute_process(COMMAND ${kata_root}/tools/fetch_packages --where ziglang
  OUTPUT_VARIABLE zig_folder OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE missing ERROR_VARIABLE reason)
if(missing)
  message(FATAL_ERROR "${reason}")
endif()
set(KATA_ZIG ${zig_folder}/ziglang)

# zig is Clang by its first word; CMake and the compiler cache want a program of that name.
foreach(language c cxx)
  set(name_c clang)
  set(name_cxx clang++)
  set(${language}_wrapper ${kata_root}/build/zig/${name_${language}})
  file(CONFIGURE OUTPUT ${${language}_wrapper} CONTENT "#!/bin/sh\nexec ${KATA_ZIG}/zig clang \"$@\"\n" @ONLY)
  file(CHMOD ${${language}_wrapper} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
endforeach()
set(CMAKE_C_COMPILER ${c_wrapper})
set(CMAKE_CXX_COMPILER ${cxx_wrapper})
set(CMAKE_ASM_COMPILER ${c_wrapper})
set(CMAKE_C_COMPILER_TARGET wasm32-unknown-wasip1)
set(CMAKE_CXX_COMPILER_TARGET wasm32-unknown-wasip1)
set(CMAKE_ASM_COMPILER_TARGET wasm32-unknown-wasip1)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(lib ${KATA_ZIG}/lib)
set(libc "-isystem ${lib}/include")
foreach(part wasm-wasi-musl generic-musl wasm32-wasi-any any-wasi-any)
  string(APPEND libc " -isystem ${lib}/libc/include/${part}")
endforeach()
set(machine "--no-default-config -msimd128 -mexception-handling -mbulk-memory -mnontrapping-fptoint -msign-ext")
set(emulated "-D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_MMAN -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_GETPID")
set(CMAKE_C_FLAGS_INIT "${machine} -nostdinc ${libc} ${emulated}")
set(CMAKE_ASM_FLAGS_INIT "${machine}")
# What libc++'s build would write into __config_site.
set(runtime "")
foreach(setting ABI_VERSION=1 ABI_NAMESPACE=__1 HAS_FILESYSTEM=1 HAS_THREADS=1 HAS_THREAD_API_PTHREAD=1
    HAS_THREAD_API_WIN32=0 HAS_THREAD_API_EXTERNAL=0 HAS_THREAD_API_C11=0 HAS_MUSL_LIBC=1
    HAS_VENDOR_AVAILABILITY_ANNOTATIONS=0 HAS_MONOTONIC_CLOCK=1 HAS_TERMINAL=0 HAS_RANDOM_DEVICE=1 HAS_LOCALIZATION=1
    HAS_UNICODE=1 HAS_WIDE_CHARACTERS=1 HAS_TIME_ZONE_DATABASE=0 INSTRUMENTED_WITH_ASAN=0 ABI_FORCE_ITANIUM=0
    ABI_FORCE_MICROSOFT=0 HARDENING_MODE_DEFAULT=_LIBCPP_HARDENING_MODE_NONE
    ASSERTION_SEMANTIC_DEFAULT=_LIBCPP_ASSERTION_SEMANTIC_OBSERVE PSTL_BACKEND_SERIAL)
  string(APPEND runtime " -D_LIBCPP_${setting}")
endforeach()
set(CMAKE_CXX_FLAGS_INIT "${machine} -nostdinc -nostdinc++ -fwasm-exceptions \
-isystem ${lib}/libcxx/include -isystem ${lib}/libcxxabi/include ${libc} ${emulated}${runtime}")

# zig links: it makes wasi-libc the first time.
set(CMAKE_CXX_LINK_EXECUTABLE "${CMAKE_COMMAND} -E env ZIG_GLOBAL_CACHE_DIR=${kata_root}/build/zig/cache \
ZIG_LOCAL_CACHE_DIR=${kata_root}/build/zig/cache ${KATA_ZIG}/zig cc -target wasm32-wasi -mexec-model=reactor \
<LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES>")
foreach(language C CXX ASM)
  set(CMAKE_${language}_ARCHIVE_CREATE "${KATA_ZIG}/zig ar qc <TARGET> <OBJECTS>")
  set(CMAKE_${language}_ARCHIVE_APPEND "${KATA_ZIG}/zig ar q <TARGET> <OBJECTS>")
  set(CMAKE_${language}_ARCHIVE_FINISH "${KATA_ZIG}/zig ranlib <TARGET>")
endforeach()
