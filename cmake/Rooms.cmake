# SPDX-License-Identifier: Apache-2.0
# kata_room(): one static library per folder under src/kata, and its tests by suffix.

add_library(kata_warnings INTERFACE)
# GCC 12 reports members of an empty std::optional as maybe-uninitialized wherever one is moved; it is wrong there.
target_compile_options(kata_warnings INTERFACE -Wall -Wextra -Wshadow -Wconversion
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
  $<$<BOOL:${KATA_WERROR}>:-Werror>)

if(KATA_SANITIZE)
  add_compile_options(-fsanitize=${KATA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=${KATA_SANITIZE})
endif()

if(KATA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # libFuzzer finds its way by the rooms' branches
endif()

# GoogleTest's headers took half the time a test compiles: they are parsed once for all tests. The tests themselves,
# unlike what they test, are optimised little.
set(KATA_TEST_OPTIONS $<$<CONFIG:RelWithDebInfo>:-O1>)
if(BUILD_TESTING)
  add_library(kata_test_main OBJECT ${PROJECT_SOURCE_DIR}/tests/support/test_main.cc)
  target_include_directories(kata_test_main PRIVATE ${PROJECT_SOURCE_DIR})
  # Paths in one file only: the compiler cache then serves every other file of another checkout too.
  set_source_files_properties(${PROJECT_SOURCE_DIR}/tests/support/test_main.cc PROPERTIES COMPILE_DEFINITIONS
    "KATA_SHARED_DIR=\"${KATA_SHARED_DIR}\";KATA_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\"")
  target_link_libraries(kata_test_main PRIVATE GTest::gtest GTest::gmock kata_warnings)
  target_compile_options(kata_test_main PRIVATE ${KATA_TEST_OPTIONS})
  # As the programs that share its headers are compiled; an object library is not one by itself.
  set_target_properties(kata_test_main PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(kata_test_main PRIVATE -fPIE)
  target_precompile_headers(kata_test_main PRIVATE <gtest/gtest.h> <gmock/gmock.h>)
endif()

# kata_test(NAME SOURCES … LINK …): a GoogleTest program with the shared main; CTest names are NAME/Suite.Test.
function(kata_test name)
  cmake_parse_arguments(T "" "TIMEOUT" "SOURCES;LINK" ${ARGN})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 300)
  endif()
  add_executable(${name}_test ${T_SOURCES} $<TARGET_OBJECTS:kata_test_main>)
  target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
  target_compile_options(${name}_test PRIVATE ${KATA_TEST_OPTIONS})
  target_precompile_headers(${name}_test REUSE_FROM kata_test_main)
  target_link_libraries(${name}_test PRIVATE ${T_LINK} GTest::gtest GTest::gmock kata_warnings)
  gtest_discover_tests(${name}_test TEST_PREFIX "${name}/" DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 120 PROPERTIES TIMEOUT ${T_TIMEOUT})
endfunction()

# kata_room(learn NEEDS core motion PUBLIC … PRIVATE Eigen3::Eigen EXCLUDE torch_.*)
function(kata_room name)
  cmake_parse_arguments(R "" "" "NEEDS;PUBLIC;PRIVATE;EXCLUDE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc *.h)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cc)
  list(FILTER sources EXCLUDE REGEX "_(test|bench|fuzz)\\.cc$")
  foreach(pattern IN LISTS R_EXCLUDE)
    list(FILTER sources EXCLUDE REGEX "/${pattern}$")
    list(FILTER tests EXCLUDE REGEX "/${pattern}$")
  endforeach()
  add_library(kata_${name} STATIC ${sources})
  target_include_directories(kata_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src> $<INSTALL_INTERFACE:include>)
  target_compile_features(kata_${name} PUBLIC cxx_std_20)
  list(TRANSFORM R_NEEDS PREPEND kata_)
  target_link_libraries(kata_${name} PUBLIC ${R_NEEDS} ${R_PUBLIC} PRIVATE ${R_PRIVATE} $<BUILD_INTERFACE:kata_warnings>)
  if(BUILD_TESTING AND tests)
    kata_test(${name} SOURCES ${tests} LINK kata_${name} ${R_PRIVATE})
  endif()
endfunction()
