# SPDX-License-Identifier: Apache-2.0
# The page: Kata's rooms as WebAssembly (preset "page", ./dev page). The rooms' sources are those of the program; what
# needs threads, devices or a library that the page lacks is left out here, file by file.

kata_locate(KATA_SQLITE_DIR better-sqlite3 /package/deps/sqlite3 "Folder of SQLite's amalgamation")
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
set(runtime_dir ${KATA_ZIG}/lib)
add_compile_options(-ffunction-sections -fdata-sections -w)
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_COMPILERTYPE=clang ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
endif()

# Header-only libraries of Debian, without the rest of /usr/include, which is another system's.
set(headers ${PROJECT_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${headers})
foreach(library fmt nlohmann)
  file(CREATE_LINK /usr/include/${library} ${headers}/${library} SYMBOLIC)
endforeach()

# The C++ runtime with exceptions, files and (stub) threads, from the sources in the package.
file(GLOB libcxx ${runtime_dir}/libcxx/src/*.cpp ${runtime_dir}/libcxx/src/filesystem/*.cpp ${runtime_dir}/libcxx/src/ryu/*.cpp)
list(FILTER libcxx EXCLUDE REGEX "/(new|tzdb|time_zone|tzdb_list|int128_builtins)\\.cpp$")
file(GLOB libcxxabi ${runtime_dir}/libcxxabi/src/*.cpp)
list(FILTER libcxxabi EXCLUDE REGEX "/cxa_noexception\\.cpp$")
add_library(kata_cxx STATIC ${libcxx} ${libcxxabi} ${runtime_dir}/libunwind/src/Unwind-wasm.c src/kata/page/exception_tag.c
  src/kata/page/wasi_gaps.c)
target_compile_features(kata_cxx PRIVATE cxx_std_23)
target_compile_definitions(kata_cxx PRIVATE _LIBCPP_BUILDING_LIBRARY LIBCXX_BUILDING_LIBCXXABI _LIBCXXABI_BUILDING_LIBRARY
  LIBCXXABI_USE_LLVM_UNWINDER=1 LIBCXXABI_NON_DEMANGLING_TERMINATE)
target_include_directories(kata_cxx PRIVATE ${runtime_dir}/libcxx/src ${runtime_dir}/libcxx/src/include
  ${runtime_dir}/libcxx/libc ${runtime_dir}/libcxxabi/src ${runtime_dir}/libunwind/include)
target_compile_options(kata_cxx PRIVATE -Os -include ${PROJECT_SOURCE_DIR}/src/kata/page/wasi_gaps.h
  $<$<COMPILE_LANGUAGE:C>:-D__WASM_EXCEPTIONS__ -fdeclspec>)

# One thread, no locks between programs, nothing loaded from elsewhere.
add_library(kata_sqlite STATIC ${KATA_SQLITE_DIR}/sqlite3.c)
target_compile_options(kata_sqlite PRIVATE -Os)
target_include_directories(kata_sqlite PUBLIC ${KATA_SQLITE_DIR})
target_compile_definitions(kata_sqlite PRIVATE SQLITE_THREADSAFE=0 SQLITE_OMIT_LOAD_EXTENSION SQLITE_OMIT_WAL
  SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE SQLITE_DQS=0 SQLITE_MAX_MMAP_SIZE=0
  SQLITE_TEMP_STORE=3 SQLITE_DEFAULT_UNIX_VFS="unix-none" SQLITE_OMIT_PROGRESS_CALLBACK)

# kata_page_room(motion [ONLY file …] [EXCLUDE pattern …])
function(kata_page_room name)
  cmake_parse_arguments(R "" "" "ONLY;EXCLUDE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS src/kata/${name}/*.cc)
  list(FILTER sources EXCLUDE REGEX "_(test|bench|fuzz)\\.cc$")
  foreach(pattern IN LISTS R_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "/${pattern}\\.cc$")
  endforeach()
  if(R_ONLY)
    list(TRANSFORM R_ONLY REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/src/kata/${name}/\\1.cc" OUTPUT_VARIABLE sources)
  endif()
  add_library(kata_${name} OBJECT ${sources})
  target_compile_features(kata_${name} PUBLIC cxx_std_20)
  target_include_directories(kata_${name} PUBLIC src SYSTEM PUBLIC ${headers} ${KATA_SQLITE_DIR} /usr/include/eigen3)
  target_compile_definitions(kata_${name} PRIVATE FMT_HEADER_ONLY KATA_WITH_OPENVINO=0 KATA_MODELS_DIR="/models"
    KATA_MORE_MODELS_DIR="/models" KATA_INSTALLED_DIR="/")
  target_compile_options(kata_${name} PRIVATE -include ${PROJECT_SOURCE_DIR}/src/kata/page/wasi_gaps.h)
  if(NOT name MATCHES "^(core|tensor|landmark|motion|learn|find|coach)$") # what computes is fast, the rest is small
    target_compile_options(kata_${name} PRIVATE -Os)
  endif()
  list(APPEND page_rooms kata_${name})
  set(page_rooms ${page_rooms} PARENT_SCOPE)
endfunction()

kata_page_room(core EXCLUDE module table_.* utf16)
kata_page_room(tensor)
# The kernels are compiled for speed, and a second time with multiply-adds that round once, where a browser has them.
set(kernels matrix depthwise layers)
list(TRANSFORM kernels REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/src/kata/tensor/\\1.cc" OUTPUT_VARIABLE kernels)
set_source_files_properties(${kernels} PROPERTIES COMPILE_OPTIONS -O3)
get_target_property(tensor_sources kata_tensor SOURCES)
add_library(kata_tensor_relaxed OBJECT ${tensor_sources})
target_compile_features(kata_tensor_relaxed PUBLIC cxx_std_20)
target_include_directories(kata_tensor_relaxed PRIVATE src)
target_compile_options(kata_tensor_relaxed PRIVATE -mrelaxed-simd -include ${PROJECT_SOURCE_DIR}/src/kata/page/wasi_gaps.h)
kata_page_room(infer EXCLUDE openvino_.* compiled_cache convolutions dead_channels)
kata_page_room(landmark)
kata_page_room(motion)
kata_page_room(learn EXCLUDE torch_.* sequence_file)
kata_page_room(find EXCLUDE embedded_bank) # the page fetches it: foreign_bank.cc
kata_page_room(coach)
kata_page_room(store)
kata_page_room(craft ONLY copy_craft craft craft_imports craft_json craft_movements craft_repetitions craft_size craft_takes migrations)
kata_page_room(practice ONLY feedback_schedule)
kata_page_room(show ONLY ghost hint_words)
kata_page_room(session ONLY sitting learner_file ghost_guide studio studio_repetitions lesson take_writer camera_tab training_desk take_journal
  take_agreement craft_folder incoming_craft sides train_craft landmarker_pool motion_curve utc_now)
kata_page_room(wire)
kata_page_room(page)

# The module, twice; nothing but its exports and what they need is left in it.
function(kata_page_module name tensor)
  add_executable(${name})
  set_target_properties(${name} PROPERTIES SUFFIX .wasm LINKER_LANGUAGE CXX)
  set(rooms ${page_rooms})
  list(TRANSFORM rooms REPLACE "^kata_tensor$" ${tensor})
  foreach(room IN LISTS rooms)
    target_sources(${name} PRIVATE $<TARGET_OBJECTS:${room}>)
  endforeach()
  target_link_libraries(${name} PRIVATE kata_sqlite kata_cxx)
  target_link_options(${name} PRIVATE -Wl,--gc-sections -Wl,--strip-all -Wl,-z,stack-size=1048576)
endfunction()
kata_page_module(kata_plain kata_tensor)
kata_page_module(kata_relaxed kata_tensor_relaxed)

# The studio as static files: build/page/site.
kata_locate(KATA_MODELS_DIR mediapipe "" "Folder of the model files; see models/README.md")
kata_locate(KATA_UPLOT_DIR metaflow_card_uplot /metaflow_extensions/card_uplot/plugins/cards/uplot/uplot
  "Folder of uPlot.iife.min.js, which becomes part of the pages")
file(GLOB_RECURSE web_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/*)
add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/site/site.json
  COMMAND ${CMAKE_COMMAND} -D WEB=${PROJECT_SOURCE_DIR}/web -D PLAIN=$<TARGET_FILE:kata_plain> -D RELAXED=$<TARGET_FILE:kata_relaxed> -D MODELS=${KATA_MODELS_DIR}
    -D PLOT=${KATA_UPLOT_DIR} -D VERSION=${PROJECT_VERSION} -D OUTPUT=${PROJECT_BINARY_DIR}/site -P ${PROJECT_SOURCE_DIR}/cmake/PublishPage.cmake
  DEPENDS kata_plain kata_relaxed ${web_files} ${PROJECT_SOURCE_DIR}/cmake/PublishPage.cmake VERBATIM)
add_custom_target(page_site ALL DEPENDS ${PROJECT_BINARY_DIR}/site/site.json)
