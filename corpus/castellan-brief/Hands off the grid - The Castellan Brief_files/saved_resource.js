document.querySelectorAll(".share a,.share button,.sharebar button").forEach(function(el){el.addEventListener("click",function(ev){var n=el.dataset.net;if(n==="copy"){ev.preventDefault();
navigator.clipboard&&navigator.clipboard.writeText(location.href);el.classList.add("copied");return}if(n==="print"){ev.preventDefault();window.print();return}
var u="https://share.test/"+n+"?u="+encodeURIComponent(location.href)+"&t="+encodeURIComponent(document.title);ev.preventDefault();window.open(u,"share","width=620,height=480");});});
!function(){var n=[].slice.call(document.querySelectorAll("img[data-src],iframe[data-src]"));function go(i){i.src=i.getAttribute("data-src");i.removeAttribute("data-src");i.className+=" is-loaded";}
if(!("IntersectionObserver"in window)){n.forEach(go);return}var o=new IntersectionObserver(function(es){es.forEach(function(e){if(e.isIntersecting){go(e.target);o.unobserve(e.target)}})},{rootMargin:"300px 0px"});n.forEach(function(i){o.observe(i)})}();
