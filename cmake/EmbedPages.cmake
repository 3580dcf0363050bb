# SPDX-License-Identifier: Apache-2.0
# Writes OUTPUT, a C++ file that holds the files of WEB (a folder with pages.json) and the API's description.
# Run as: cmake -DWEB=… -DAPI=…/http-openapi.json -DPLOT=… -DOUTPUT=… -P EmbedPages.cmake
# PLOT is the folder of uPlot, which draws curves.

set(types_js "text/javascript; charset=utf-8")
set(types_css "text/css; charset=utf-8")
set(types_svg "image/svg+xml")
set(types_html "text/html; charset=utf-8")
set(types_json "application/json; charset=utf-8")

set(arrays "")
set(table "")
set(count 0)

function(embed path file)
  get_filename_component(ending "${file}" LAST_EXT)
  string(SUBSTRING "${ending}" 1 -1 ending)
  if(NOT DEFINED types_${ending})
    return()
  endif()
  file(READ "${file}" bytes HEX)
  file(SHA256 "${file}" hash)
  file(SIZE "${file}" size)
  string(SUBSTRING "${hash}" 0 16 tag)
  string(REGEX REPLACE "(................................................................)" "\\1\"\n\"" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
  set(arrays "${arrays}constexpr char kContent${count}[] =\n\"${bytes}\";\n" PARENT_SCOPE)
  set(table "${table}  {\"${path}\", \"${types_${ending}}\", \"\\\"${tag}\\\"\", {kContent${count}, ${size}}},\n" PARENT_SCOPE)
  math(EXPR count "${count} + 1")
  set(count ${count} PARENT_SCOPE)
endfunction()

file(READ "${WEB}/pages.json" list)
string(JSON pages LENGTH "${list}")
math(EXPR last "${pages} - 1")
foreach(index RANGE ${last})
  string(JSON name MEMBER "${list}" ${index})
  string(JSON path GET "${list}" ${name} path)
  string(JSON file GET "${list}" ${name} file)
  embed("${path}" "${WEB}/${file}")
endforeach()
file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE "${WEB}" "${WEB}/shared/*" "${WEB}/pages/*")
foreach(file IN LISTS files)
  if(NOT file MATCHES "\\.(html|json|md)$")
    embed("/${file}" "${WEB}/${file}")
  endif()
endforeach()
embed("/api" "${API}")
embed("/plot/uplot.js" "${PLOT}/uPlot.iife.min.js")
embed("/plot/uplot.css" "${PLOT}/uPlot.min.css")

file(WRITE "${OUTPUT}" "// Made by cmake/EmbedPages.cmake from web/.
#include \"kata/http/pages.h\"
namespace kata {
namespace {
${arrays}
constexpr Page kPages[] = {
${table}};
}  // namespace
std::span<const Page> pages() { return kPages; }
}  // namespace kata
")
