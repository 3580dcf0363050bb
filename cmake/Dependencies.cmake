# SPDX-License-Identifier: Apache-2.0
# Finds everything Kata is built on: Debian's packages and the pinned ones of tools/packages.txt.
# Sets KATA_MODELS_DIR, the folder below which models/models.json gives the path of each network.

if(KATA_WITH_OPENVINO)
  kata_locate(OpenVINO_DIR openvino /openvino/cmake "CMake files of OpenVINO")
endif()
kata_locate(KATA_UPLOT_DIR metaflow_card_uplot /metaflow_extensions/card_uplot/plugins/cards/uplot/uplot
  "Folder of uPlot.iife.min.js, which becomes part of the pages")
kata_locate(KATA_MODELS_DIR mediapipe "" "Folder of the model files; see models/README.md")

# May be absent: the body networks lite and heavy.
execute_process(COMMAND ${PROJECT_SOURCE_DIR}/tools/fetch_packages --place mediapipe-pose
  OUTPUT_VARIABLE KATA_MORE_MODELS_DIR OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)

find_program(CCACHE_PROGRAM ccache)
mark_as_advanced(CCACHE_PROGRAM)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # What ccache's manual asks for where headers are precompiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

find_package(Threads REQUIRED)
if(KATA_WITH_OPENVINO)
  find_package(OpenVINO 2026.4 REQUIRED COMPONENTS Runtime)
  # OpenVINO brings its own TBB; OpenCV asks for Debian's older one under the same name, and without this the
  # order of linking decides which of the two serves both. An RPATH, unlike the default RUNPATH, also holds
  # for libraries of libraries: always OpenVINO's.
  set_property(TARGET openvino::runtime APPEND PROPERTY INTERFACE_LINK_OPTIONS LINKER:--disable-new-dtags)
endif()
set(opencv_parts core imgproc imgcodecs videoio)
if(KATA_WITH_DESKTOP)
  list(APPEND opencv_parts highgui)
endif()
find_package(OpenCV 4.6 REQUIRED COMPONENTS ${opencv_parts})
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(SQLite3 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
if(BUILD_TESTING)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()
