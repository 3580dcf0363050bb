# SPDX-License-Identifier: Apache-2.0
# What cmake --install puts under a prefix, which may then be moved:
#   bin/kata                  the program
#   include/kata, lib, lib/cmake/kata   the library: find_package(kata) gives kata::landmark, kata::input, …
#   lib/kata                  the pinned OpenVINO (only what runs the networks) and the module for pictures and cameras
#   share/kata                the networks, the demonstration's clips, the API's schemas
include(CMakePackageConfigHelpers)

set(kata_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/kata)
list(REMOVE_ITEM KATA_ROOMS kata_wire kata_page kata_http) # serve the program's own pages
install(TARGETS ${KATA_ROOMS} EXPORT kata ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(target IN LISTS KATA_ROOMS)
  string(REPLACE "kata_" "" room ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${room})
  install(DIRECTORY src/kata/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/kata
    FILES_MATCHING PATTERN "*.h" # but not what serves tests or one room only, nor what sees SQLite
    PATTERN "*_for_test.h" EXCLUDE PATTERN "test_*.h" EXCLUDE PATTERN "small_disk.h" EXCLUDE PATTERN "report_pictures.h" EXCLUDE
    PATTERN "*_impl.h" EXCLUDE PATTERN "database.h" EXCLUDE PATTERN "new_file.h" EXCLUDE PATTERN "sqlite.h" EXCLUDE PATTERN "migrations.h" EXCLUDE PATTERN "*_kind.h" EXCLUDE)
endforeach()
install(EXPORT kata NAMESPACE kata:: FILE kataTargets.cmake DESTINATION ${kata_package_dir})
if(KATA_WITH_OPENVINO)
  get_target_property(openvino_library openvino::runtime IMPORTED_LOCATION_RELEASE)
  cmake_path(GET openvino_library FILENAME KATA_OPENVINO_FILE)
endif()
configure_package_config_file(cmake/kataConfig.cmake.in ${PROJECT_BINARY_DIR}/kataConfig.cmake
  INSTALL_DESTINATION ${kata_package_dir} PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/kataConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/kataConfig.cmake ${PROJECT_BINARY_DIR}/kataConfigVersion.cmake
  DESTINATION ${kata_package_dir})

if(TARGET kata)
  install(TARGETS kata RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  file(RELATIVE_PATH from_program ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR}/kata)
  set_target_properties(kata PROPERTIES INSTALL_RPATH "$ORIGIN/${from_program}")
endif()

if(KATA_WITH_OPENVINO)
  cmake_path(GET openvino_library PARENT_PATH openvino_folder)
  file(GLOB openvino_files ${openvino_folder}/libopenvino.so.* ${openvino_folder}/libopenvino_*_cpu_plugin.so
    ${openvino_folder}/libopenvino_tensorflow_lite_frontend.so.* ${openvino_folder}/libopenvino_ir_frontend.so.*
    ${openvino_folder}/libtbb.so.* ${openvino_folder}/libtbbmalloc.so.* ${openvino_folder}/libtbbbind*.so.*
    ${openvino_folder}/libhwloc.so.*)
  install(FILES ${openvino_files} DESTINATION ${CMAKE_INSTALL_LIBDIR}/kata COMPONENT program)
endif()

file(READ models/models.json models)
string(JSON count LENGTH "${models}" models)
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON path GET "${models}" models ${index} path)
  if(EXISTS ${KATA_MORE_MODELS_DIR}/${path})
    install(FILES ${KATA_MORE_MODELS_DIR}/${path} DESTINATION ${CMAKE_INSTALL_DATADIR}/kata/models)
    continue()
  elseif(path MATCHES "^package/") # from npm, and not fetched
    continue()
  endif()
  install(FILES ${KATA_MODELS_DIR}/${path} DESTINATION ${CMAKE_INSTALL_DATADIR}/kata/models COMPONENT program)
endforeach()
# Where it was built (./dev page, ./dev package): kata publish needs no compiler then.
install(DIRECTORY build/page/site/ DESTINATION ${CMAKE_INSTALL_DATADIR}/kata/page COMPONENT program OPTIONAL)
install(DIRECTORY demo api DESTINATION ${CMAKE_INSTALL_DATADIR}/kata COMPONENT program)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
include(cmake/Package.cmake)
