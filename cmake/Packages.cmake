# SPDX-License-Identifier: Apache-2.0
# Finds the pinned packages of tools/*-packages.txt, unpacked by tools/fetch_packages.

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/tools/packages.txt ${PROJECT_SOURCE_DIR}/tools/fetch_packages)

# Points the cache variable at FILE's folder in the unpacked PACKAGE. A folder given with -D is kept;
# one that an earlier configure run found here is looked up again, because the pinned version may have moved.
function(kata_locate variable package subfolder description)
  if(${variable} AND NOT ${variable} STREQUAL "$CACHE{KATA_FOUND_${variable}}")
    return()
  endif()
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/tools/fetch_packages --where ${package}
    OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE missing ERROR_VARIABLE reason)
  if(missing)
    message(FATAL_ERROR "${reason}")
  endif()
  set(${variable} "${folder}${subfolder}" CACHE PATH "${description}" FORCE)
  set(KATA_FOUND_${variable} "${folder}${subfolder}" CACHE INTERNAL "")
endfunction()
